// Lets the page be painted first. The app's scripts are heavy and wait in a template (tour/web/app_shell.py); scripts
// for what a visitor may ask for later wait too, on a page without the app as well.
(() => {
  const MAX_WAIT = 3000; // milliseconds
  const LATER = ["read_aloud", "visited", "geolocation", "class_link"];
  const MODULES = ["state", "accessibility", "hydrate", "prefetch", "offline", "navigation"];

  /** Resolves when the page and its picture are on the screen, or have had their time. */
  async function whenPainted() {
    const painted = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
    const picture = document.querySelector("#tour-first img[loading=eager]");
    const shown = Promise.all([painted, picture?.decode().catch(() => null)]);
    await Promise.race([shown, new Promise((done) => setTimeout(done, MAX_WAIT))]);
  }

  function loadLater() {
    for (const name of LATER) {
      document.head.append(Object.assign(document.createElement("script"), { src: `files/${name}.js` }));
    }
  }

  /** The modules begin before Streamlit does: they hear a press before its own listeners. */
  async function startApp(template) {
    await Promise.all(MODULES.map((name) => import(`./${name}.js`)));
    // A library of Streamlit's would count with it, and counts as well without; our policy refuses it, not in silence.
    delete window.WebAssembly;
    // Its font of icons, 375 KB, isn't to come before there is an icon; a page that shows one still gets it.
    document.fonts.load = async () => [];
    template.replaceWith(template.content);
  }

  // Streamlit would report a lost connection in English, over the page, and take the focus: offline.js does it instead.
  window.__streamlit = { HOST_CONFIG: { blockErrorDialogs: true } };
  whenPainted().then(() => {
    loadLater();
    const template = document.getElementById("tour-app");
    if (template) startApp(template);
  });
})();
