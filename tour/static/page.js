// What every page has, with the app or without it, from a server or from a disk: what our scripts share, the scripts
// that the page needs, arrow keys where it has links in place of the app's buttons. Our scripts for every page are
// classic ones, since a browser loads no module from a disk; those for the app alone are modules.
(() => {
  const DIRECTIONS = { ArrowLeft: "previous", ArrowRight: "next" };
  // By what on a page needs them. Those for figures come at once, the others when the page has been painted.
  const FIGURE_SCRIPTS = { lightbox: ".tour-enlarge", comparison: ".tour-comparison", detail_view: ".tour-detail" };
  const OTHER_SCRIPTS = {
    read_aloud: ".tour-read-aloud",
    geolocation: ".tour-where-am-i",
    class_link: ".tour-class-link",
    visited: ".tour-header",
  };

  const hasModifier = (event) => event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

  function load(scripts) {
    for (const [name, selector] of Object.entries(scripts)) {
      const src = `files/${name}.js`;
      const isLoaded = document.querySelector(`script[src="${src}"]`);
      if (isLoaded || !document.querySelector(selector)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src }));
    }
  }

  window.tour = {
    /** Loads the scripts that the page needs and doesn't have yet. */
    loadScripts: () => load({ ...FIGURE_SCRIPTS, ...OTHER_SCRIPTS }),

    /** The texts that scripts show or announce, in the page's language. */
    messages: () => JSON.parse(document.querySelector(".tour-header")?.dataset.messages ?? "{}"),

    /** Calls `callback` when the browser has nothing more urgent to do. */
    whenIdle: (callback) => (window.requestIdleCallback ?? setTimeout)(callback),

    /** Whether a click asks to follow a link here, and not in a new tab or window. */
    isPlainClick: (event) => event.button === 0 && !hasModifier(event),

    /** Has the browser choose the largest file of a picture, as wide as DETAIL_WIDTH in tour/images/derivatives.py. */
    useLargestFile(picture) {
      for (const source of picture.children) source.sizes = "3200px";
    },

    /** The query string that a form of ours sends. */
    formQuery(form) {
      const query = new URLSearchParams(new FormData(form));
      query.set("lang", document.documentElement.lang); // Streamlit takes a field of that name away
      return query;
    },

    /** "previous" or "next", where an arrow key means that: not in a field, nor in a dialog. */
    keyDirection(event) {
      const isTaken = event.target.matches?.("input, select") || document.querySelector("dialog[open]");
      return hasModifier(event) || isTaken ? null : DIRECTIONS[event.key];
    },
  };

  load(FIGURE_SCRIPTS);
  document.addEventListener("tour-page-change", window.tour.loadScripts);
  // The app has keys of its own for its buttons.
  document.addEventListener("keydown", (event) => {
    const direction = window.tour.keyDirection(event);
    if (direction) document.querySelector(`.tour-static .st-key-tour-${direction} a`)?.click();
  });
})();
