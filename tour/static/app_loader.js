// Lets the page be painted before the app starts, whose scripts are heavy: they wait in a template, into which
// tour/web/app_shell.py puts them. A page that stands without the app has none.
(() => {
  const MAX_WAIT = 3000; // milliseconds
  const MODULES = ["accessibility", "hydrate", "prefetch", "offline", "navigation"];

  /** Resolves when the page and its picture are on the screen, or have had their time. */
  async function whenPainted() {
    const painted = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
    const picture = document.querySelector("#tour-server-page img[loading=eager]");
    const shown = Promise.all([painted, picture?.decode().catch(() => null)]);
    await Promise.race([shown, new Promise((done) => setTimeout(done, MAX_WAIT))]);
  }

  /** @param {HTMLTemplateElement} template */
  async function startApp(template) {
    // Ours first: their listeners are called before Streamlit's. All at once, not one import after another.
    await Promise.all(MODULES.map((name) => import(`./${name}.js`)));
    // A library of Streamlit's uses it if it is there; our content security policy refuses it, with an error message.
    Reflect.deleteProperty(window, "WebAssembly");
    // Its font of icons, 375 KB, isn't to come before there is an icon; a page that shows one still gets it.
    document.fonts.load = async () => [];
    // Streamlit would report a lost connection in English, over the page, and take the focus: offline.js does instead.
    window.__streamlit = { HOST_CONFIG: { blockErrorDialogs: true } };
    template.replaceWith(template.content);
  }

  // Streamlit needs it at its start: Chrome 119, Firefox 121, Safari 17.4. An older browser keeps the server's page,
  // whose links are plain links.
  const canRunApp = "withResolvers" in Promise;

  const start = () => {
    window.tour.loadScripts();
    const template = document.querySelector("template#tour-app");
    if (template && canRunApp) startApp(template);
  };
  // A browser that can't observe when it paints starts at once.
  whenPainted().then(start, start);
})();
