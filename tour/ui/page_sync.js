// Hands each step to the page's own script, which the browser keeps: this text travels with every step.
export default async ({ data, setTriggerValue }) => {
  const { arrive } = await import(new URL("files/page.js", document.baseURI).href);
  arrive(data, (href) => setTriggerValue("link", href));
};
