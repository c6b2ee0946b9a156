// Ticks at the stops that a visitor has seen. They are kept by the browser, and nothing of them leaves it.
(() => {
  if (!document.adoptedStyleSheets) return;

  const STORAGE_KEY = "tour-visited";
  const { messages, whenIdle } = window.tour;
  // Shown by a style sheet and not by a change of the page, so that a list that comes later shows them too.
  const sheet = new CSSStyleSheet();
  let rules = "";

  /** @returns {string[]} */
  function visitedSlugs() {
    try {
      const slugs = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
      return Array.isArray(slugs) ? slugs.filter((slug) => typeof slug === "string") : [];
    } catch {
      return []; // what a browser doesn't let us keep, or what another page left there
    }
  }

  /** @param {string[]} slugs */
  function save(slugs) {
    try {
      if (slugs.length) localStorage.setItem(STORAGE_KEY, JSON.stringify(slugs));
      else localStorage.removeItem(STORAGE_KEY);
    } catch {
      // A browser that keeps nothing.
    }
    whenIdle(() => showTicks(slugs));
  }

  function markVisited() {
    const slug = document.querySelector("article[data-view]")?.dataset.stop;
    const slugs = visitedSlugs();
    if (slug && !slugs.includes(slug)) save([...slugs, slug]);
    // A sheet that changes has the whole page laid out again: after the step, not in it.
    else whenIdle(() => showTicks(slugs));
  }

  /** @param {string[]} slugs */
  function showTicks(slugs) {
    const label = messages().visited;
    const next = slugs.length && label ? rulesFor(slugs, label) : "";
    if (!label || next === rules) return;
    rules = next;
    sheet.replaceSync(rules);
  }

  /**
   * @param {string[]} slugs
   * @param {string} label
   */
  function rulesFor(slugs, label) {
    const lists = ":is(.tour-stop-list, .tour-search-results)";
    const links = slugs.map((slug) => `${lists} a[data-stop="${CSS.escape(slug)}"]::after`);
    const tick = `content: "✓"; content: "✓" / ${JSON.stringify(label)};`;
    return `${links.join()} { ${tick} } .tour-reset-visited { display: block; }`;
  }

  document.addEventListener("click", (event) => {
    if (window.tour.closest(event, ".tour-reset-visited button")) save([]);
  });
  document.addEventListener("tour-page-change", markVisited);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  markVisited();
})();
