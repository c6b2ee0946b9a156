// What a visitor asks for and keeps: ticks at the stops seen, the way from here, a class's link, words to find. Nothing of
// it leaves the browser. The exported folder runs this as a classic script.
(() => {
  const started = Symbol.for("tour.visitor");
  if (document[started]) return;
  document[started] = true;

  // Ticks: kept by the browser, shown by a style sheet and not by a change of the page, so that a list that comes later
  // shows them too.
  const KEPT = "tour-visited";
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  const sheet = new CSSStyleSheet();
  let ticked = "";

  function visited() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT));
      return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
    } catch {
      return []; // what a browser doesn't let us keep, or what another page left there
    }
  }

  function keep(slugs) {
    try {
      if (slugs.length) localStorage.setItem(KEPT, JSON.stringify(slugs));
      else localStorage.removeItem(KEPT);
    } catch { /* a browser that keeps nothing */ }
    whenIdle(() => tick(slugs));
  }

  function note() {
    const slug = document.querySelector("article[data-view]")?.dataset.stop;
    const slugs = visited();
    if (slug && !slugs.includes(slug)) keep([...slugs, slug]);
    // A sheet that changes has the whole page looked at again: after the step, not in it.
    else whenIdle(() => tick(slugs));
  }

  function tick(slugs) {
    const word = said().visited;
    const links = slugs.map((slug) => `:is(.tour-list, .tour-finds) a[data-stop="${CSS.escape(slug)}"]::after`);
    const ticks = links.length ? `${links.join()} { content: "✓"; content: "✓" / ${JSON.stringify(word)}; } .tour-again { display: block; }` : "";
    if (word && ticks !== ticked) sheet.replaceSync((ticked = ticks));
  }

  const said = () => JSON.parse(document.querySelector(".tour-head")?.dataset.words ?? "{}");

  // Where the visitor is, asked for by their own tap and told to them alone.
  const EARTH_RADIUS = 6371008.8; // metres, the mean radius of WGS84

  function whereAmI(button) {
    const words = JSON.parse(button.dataset.words);
    const tell = (text) => { button.closest("section").querySelector(".tour-whereabouts").textContent = text; };
    const place = button.dataset.place.split(",").map(Number);
    const language = document.documentElement.lang;
    if (!navigator.geolocation) return tell(words.unknown);
    tell(words.looking);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => tell(words.found.replace("%(distance)s", length(metres([coords.latitude, coords.longitude], place), language))),
      () => tell(words.unknown),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  }

  /** Great-circle distance of two points (latitude, longitude in degrees), by the haversine formula. */
  function metres(one, other) {
    const [lat1, lon1, lat2, lon2] = [...one, ...other].map((degrees) => (degrees * Math.PI) / 180);
    const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(half));
  }

  function length(metres, language) {
    const [number, unit] = metres < 1000 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
    const digits = number < 10 && unit === "kilometer" ? 1 : 0;
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits }).format(number);
  }

  // A class: the link of the stop that the teacher chose.
  function choose(select) {
    const link = document.querySelector(".tour-chosen a");
    link.href = select.value;
    link.textContent = link.href;
  }

  async function copy(button) {
    const link = document.querySelector(".tour-chosen a");
    await navigator.clipboard.writeText(link.href);
    document.querySelector(".tour-copied").textContent = button.dataset.copied;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".tour-where-am-i, .tour-copy-link, .tour-again button");
    if (!button) return;
    if (button.matches(".tour-where-am-i")) whereAmI(button);
    else if (button.matches(".tour-copy-link")) copy(button);
    else keep([]);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".tour-choose-stop")) choose(event.target);
  });
  document.addEventListener("tour-arrival", note);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  note();
})();
