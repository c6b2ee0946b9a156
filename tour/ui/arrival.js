// After a step: put the visitor at the new title, and let links of ours step without loading the page anew.
const place = (window.tourPlace ??= { view: null });

export default function ({ data, setTriggerValue }) {
  place.step = (href) => setTriggerValue("link", href);
  document.documentElement.lang = data.language;
  if (!place.listening) {
    place.listening = true;
    document.addEventListener("click", stepByLink);
  }
  if (place.view !== null && place.view !== data.view) arrive(data);
  place.view = data.view;
  (window.requestIdleCallback ?? setTimeout)(() => fetchAhead(data.ahead));
}

// The pictures of the next and the previous stop, in the format and size that this browser will show.
function fetchAhead(pictures) {
  if (navigator.connection?.saveData) return;
  place.ahead = pictures.map((picture) => {
    const template = document.createElement("template");
    template.innerHTML = picture;
    return document.importNode(template.content, true);
  });
}

function stepByLink(event) {
  const link = event.target.closest?.(".tour-article a, .tour-page a, .tour-head a, .tour-notice a");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const href = link?.getAttribute("href");
  if (!plain || !href?.startsWith("?")) return;
  event.preventDefault();
  place.step(href);
}

// The title is drawn by another message than this one: look for it until it is there, then say it and stand there.
function arrive(data, frames = 0) {
  const title = document.querySelector(`[data-view="${CSS.escape(data.view)}"] h1`);
  if (!title) {
    if (frames < 300 && place.view === data.view || frames === 0) requestAnimationFrame(() => arrive(data, frames + 1));
    return;
  }
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "start", behavior: "instant" });
}
