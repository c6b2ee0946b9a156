// Steps in the app: links and forms of ours lead on in place, Previous and Next show a prefetched stop at once, and
// after each step the page's language, focus, landmarks and prefetched neighbours follow.
import { focusTitle, patchLandmarks } from "./accessibility.js";
import { hydrate } from "./hydrate.js";
import { watchConnection } from "./offline.js";
import { deferWhilePending, isPrefetched, prefetch, reconcile, showPrefetched } from "./prefetch.js";

const { closest, formQuery, isPlainClick, keyDirection, whenIdle } = window.tour;
const MAX_FRAMES = 600; // to wait for a view, some ten seconds

/** @type {string | null} The id of the page that is shown; null before the app's first one. */
let currentView = null;

/** @type {((href: string) => void) | null} Has the app show another address of ours. */
let navigate = null;

/**
 * Follows a step of the app; called after each one, and at the start.
 * @param {AppPage} page
 * @param {(href: string) => void} onNavigate  Has the app show another address of ours.
 */
export function syncPage({ view, language, prefetch: articleUrls, offline }, onNavigate) {
  navigate = onNavigate;
  hydrate(view);
  document.documentElement.lang = language;
  reconcile(view);
  const isStep = currentView !== null && currentView !== view;
  currentView = view;
  whenShown(view, (page) => {
    if (isStep) focusTitle(page);
    announceChange();
    whenIdle(patchLandmarks);
  });
  whenIdle(() => {
    prefetch(articleUrls);
    watchConnection(offline);
  });
}

/**
 * The view is drawn by another message than the one that calls us: look for it until it is there.
 * @param {string} view
 * @param {(page: HTMLElement) => void} callback
 */
function whenShown(view, callback, frames = 0) {
  const page = document.querySelector(`#root [data-view="${CSS.escape(view)}"]`);
  if (page && !isPrefetched(page)) callback(page);
  else if (frames < MAX_FRAMES && currentView === view) {
    requestAnimationFrame(() => whenShown(view, callback, frames + 1));
  }
}

/** @param {string} view */
function setView(view) {
  currentView = view;
}

// For scripts that know nothing of the app.
function announceChange() {
  document.dispatchEvent(new Event("tour-page-change"));
}

/**
 * "previous" or "next", where a press means the button or one of its keys.
 * @param {Event} event
 */
function directionOf(event) {
  if (event instanceof KeyboardEvent) return keyDirection(event);
  const button = closest(event, "#root :is(.st-key-tour-previous, .st-key-tour-next) button");
  if (!button) return null;
  return button.closest(".st-key-tour-next") ? "next" : "previous";
}

/**
 * Stops a press that the app can't handle yet.
 * @param {Event} event
 */
function suppressWhilePending(event) {
  if (!deferWhilePending(directionOf(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * In the event's own task: later, the server's response could delay the next frame.
 * @param {Event} event
 */
function step(event) {
  const direction = directionOf(event);
  const view = direction && showPrefetched(direction, setView);
  if (!view) return;
  setView(view);
  announceChange();
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = closest(event, "a");
  const href = link?.getAttribute("href") ?? "";
  if (!navigate || !isPlainClick(event) || !/^\.\/(\?|$)/.test(href)) return;
  event.preventDefault();
  // A browser that has no popovers takes the selector for an error.
  if ("hidePopover" in HTMLElement.prototype) link?.closest(":popover-open")?.hidePopover();
  navigate(href);
}

/** @param {Event} event */
function followForm(event) {
  const form = closest(event, "form.tour-search-form");
  if (!navigate || !form) return;
  event.preventDefault();
  navigate(`./?${formQuery(form)}`);
}

for (const type of ["click", "keydown"]) {
  addEventListener(type, suppressWhilePending, true);
  document.addEventListener(type, step);
}
document.addEventListener("click", followLink);
document.addEventListener("submit", followForm);
