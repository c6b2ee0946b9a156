// The server has painted the page already. The app's own takes its place when it is complete, in one frame, where the
// visitor stands; until then the server's can be read, and its links are plain links.

const MAP_TIMEOUT = 8000; // milliseconds
const RETRY_INTERVAL = 50; // milliseconds
// A browser that has no popovers takes the selector for an error.
const OPEN_POPOVER = "popover" in HTMLElement.prototype ? ", #tour-server-page :popover-open" : "";

/**
 * Replaces the server's page by the app's as soon as the app shows that view.
 * @param {string} view
 */
export function hydrate(view, since = performance.now()) {
  const serverPage = document.getElementById("tour-server-page");
  if (!serverPage) return;
  const app = document.querySelector("#root main");
  const isMapLate = performance.now() - since > MAP_TIMEOUT;
  if (!app || document.querySelector(`dialog[open]${OPEN_POPOVER}`) || !isComplete(app, view, isMapLate)) {
    setTimeout(hydrate, RETRY_INTERVAL, view, since);
    return;
  }
  const { activeElement } = document;
  const focused = serverPage.contains(activeElement) && activeElement;
  const top = document.documentElement.scrollTop;
  transferState(serverPage, app);
  serverPage.remove();
  app.scrollTop = top;
  if (focused) counterpartOf(focused, app)?.focus({ preventScroll: true });
}

/**
 * What the visitor has opened, moved and looked at in one copy of the page stays so in the other.
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
export function transferState(from, to) {
  /** @template {string} S  @param {S} selector */
  const pairs = (selector) => {
    const targets = to.querySelectorAll(selector);
    const sources = [...from.querySelectorAll(selector)].slice(0, targets.length);
    return sources.map((source, index) => ({ source, target: targets[index] }));
  };
  for (const { source, target } of pairs("details")) target.open = source.open;
  for (const { source, target } of pairs("input[type=checkbox]")) if (source.checked !== target.checked) target.click();
  for (const { source, target } of pairs("input:not([type=checkbox]), select")) {
    if (source.value === target.value) continue;
    target.value = source.value;
    for (const type of ["input", "change"]) target.dispatchEvent(new Event(type, { bubbles: true }));
  }
  for (const { source, target } of pairs(".tour-detail")) {
    const regions = [...source.querySelectorAll("[data-box]")];
    window.tour.stepRegion?.(
      target,
      regions.findIndex((region) => region.matches(".tour-detail-current")),
    );
  }
}

/**
 * What stands for an element in the app: the same link, or the button that does what the link did.
 * @param {Element} element
 * @param {HTMLElement} app
 */
export function counterpartOf(element, app) {
  const step = element.closest(".st-key-tour-previous, .st-key-tour-next, .st-key-tour-start");
  if (step) return app.querySelector(`.${step.className} button`);
  const { textContent } = element;
  const href = element.getAttribute("href");
  return [...app.querySelectorAll(element.localName)].find(
    (other) => other.getAttribute("href") === href && other.textContent === textContent,
  );
}

/**
 * Whether the app shows the view with its first pictures and, unless it took too long, its map.
 * @param {HTMLElement} app
 * @param {string} view
 * @param {boolean} isMapLate
 */
function isComplete(app, view, isMapLate) {
  const page = app.querySelector(`[data-view="${CSS.escape(view)}"]`);
  if (!page || ![...page.querySelectorAll("img[loading=eager]")].every((picture) => picture.complete)) return false;
  if (!page.matches("article")) return true;
  const map = app.querySelector(".st-key-tour-map iframe");
  return app.querySelector(".st-key-tour-next button") && map && (isMapLate || isDrawn(map));
}

/** @param {HTMLIFrameElement} frame */
function isDrawn({ contentDocument, contentWindow }) {
  return contentDocument?.querySelector(".tour-pin.tour-current") && contentWindow?.tourPendingBasemaps === 0;
}
