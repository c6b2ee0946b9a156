// Reports each step to the page's own module, which the browser caches: this text travels with every step.
/** @param {AppStep} step */
export default async ({ data, setTriggerValue }) => {
  const { syncPage } = await import(new URL("files/navigation.js", document.baseURI).href);
  syncPage(data, (/** @type {string} */ href) => setTriggerValue("link", href));
};
