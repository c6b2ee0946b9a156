// What every page has, with the app or without it, from a server or from a disk: what our scripts share, the scripts
// that the page needs, arrow keys where it has links in place of the app's buttons. Our scripts for every page are
// classic ones, since a browser loads no module from a disk; those for the app alone are modules.
(() => {
  /** @type {Record<string, Direction>} */
  const DIRECTIONS = { ArrowLeft: "previous", ArrowRight: "next" };
  // By what on a page needs them. Those for figures come at once, the others when the page has been painted.
  const FIGURE_SCRIPTS = { lightbox: ".tour-enlarge", comparison: ".tour-comparison", detail_view: ".tour-detail" };
  const OTHER_SCRIPTS = {
    read_aloud: ".tour-read-aloud",
    geolocation: ".tour-where-am-i",
    class_link: ".tour-class-link",
    visited: ".tour-header",
  };

  const hasModifier = (/** @type {MouseEvent | KeyboardEvent} */ event) =>
    event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

  /** @param {Record<string, string>} scripts */
  function load(scripts) {
    for (const [name, selector] of Object.entries(scripts)) {
      const src = `files/${name}.js`;
      const isLoaded = document.querySelector(`script[src="${src}"]`);
      if (isLoaded || !document.querySelector(selector)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src }));
    }
  }

  /** @type {Tour} */
  const tour = {
    loadScripts: () => load({ ...FIGURE_SCRIPTS, ...OTHER_SCRIPTS }),
    messages: () => JSON.parse(document.querySelector(".tour-header")?.dataset.messages ?? "{}"),
    whenIdle: (callback) => (window.requestIdleCallback ?? setTimeout)(callback),
    find(parent, selector) {
      const element = parent?.querySelector(selector);
      if (!element) throw new TypeError(`${selector} is missing.`);
      return element;
    },
    closest: ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null),
    isPlainClick: (event) => event.button === 0 && !hasModifier(event),
    useLargestFile(image) {
      for (const source of image.parentElement?.querySelectorAll("source, img") ?? []) source.sizes = "3200px";
    },
    formQuery(form) {
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) query.append(name, `${value}`);
      query.set("lang", document.documentElement.lang); // Streamlit takes a field of that name away
      return query;
    },
    keyDirection(event) {
      const isTaken = tour.closest(event, "input, select") || document.querySelector("dialog[open]");
      return hasModifier(event) || isTaken ? null : DIRECTIONS[event.key];
    },
  };

  window.tour = tour;
  load(FIGURE_SCRIPTS);
  document.addEventListener("tour-page-change", tour.loadScripts);
  // The app has keys of its own for its buttons.
  document.addEventListener("keydown", (event) => {
    const direction = tour.keyDirection(event);
    if (direction) document.querySelector(`.tour-static .st-key-tour-${direction} a`)?.click();
  });
})();
