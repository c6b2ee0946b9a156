// The stops before and after this one, fetched ahead: a press of Next shows the stop at once. The app, whose server
// answers later, then puts its own article in that one's place. Where Streamlit's page has changed, a step waits for
// the server.
import { focusTitle } from "./accessibility.js";
import { counterpartOf, transferState } from "./hydrate.js";

const PREFETCHED_CLASS = "tour-prefetched"; // leaves out what lies below the screen
const LAYOUT_DELAY = 100; // milliseconds, after which that is laid out too
const APP_TIMEOUT = 10_000; // milliseconds

/** @type {Object<string, HTMLElement>} Articles by direction, "previous" or "next". */
let articles = {};

/**
 * @type {null | {article: HTMLElement, replaced: HTMLElement, onRollBack: (view: string) => void,
 *   observer: MutationObserver, timer: number, focused: Element | null, nextDirection: string | null}}
 * A step that is shown and that the app has yet to follow: its article, the app's that it replaced, what the visitor
 * focused since, and where a further press leads.
 */
let pending = null;

/** Fetches the article at each URL, given by direction, and decodes its first picture. */
export async function prefetch(urls) {
  const fetched = {};
  articles = fetched;
  if (navigator.connection?.saveData) return;
  for (const [direction, url] of Object.entries(urls)) {
    const response = await fetch(url, { cache: "force-cache", priority: "low" }).catch(() => null);
    if (!response?.ok) continue;
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    const article = document.importNode(template.content, true).querySelector("article");
    // One that can't be decoded is fetched again when it is shown.
    await article
      .querySelector("img")
      ?.decode()
      .catch(() => {});
    fetched[direction] = article;
  }
}

/**
 * Shows the stop in that direction if it is prefetched.
 * @param {string} direction  "previous" or "next"
 * @param {(view: string) => void} onRollBack  Called with the view that is shown again where the app never follows.
 * @returns {string | null} The id of the stop's view; null where it can't be shown.
 */
export function showPrefetched(direction, onRollBack) {
  const article = articles[direction];
  const button = document.querySelector(`#root .st-key-tour-${direction} button:not(:disabled)`);
  const replaced = document.querySelector("#root article[data-stop]");
  if (!article || !button || !replaced || pending || document.getElementById("tour-server-page")) return null;
  const observer = new MutationObserver(adoptAppArticle);
  const timer = setTimeout(onTimeout, APP_TIMEOUT);
  pending = { article, replaced, onRollBack, observer, timer, focused: null, nextDirection: null };
  article.classList.add(PREFETCHED_CLASS);
  setTimeout(() => article.classList.remove(PREFETCHED_CLASS), LAYOUT_DELAY);
  replaced.replaceWith(article);
  observer.observe(article.parentNode, { childList: true });
  rememberFocus(pending);
  focusTitle(article);
  moveMap(article.dataset.mapView);
  return article.dataset.view;
}

/** Whether the stop in that direction can be shown at once. */
export const isReady = (direction) => direction in articles;

/** Whether what is shown is not the app's yet. */
export const isPrefetched = (page) => page === pending?.article;

/** Whether a press has to wait for the app, as it leads on from a stop that the app doesn't show yet; it is kept. */
export function deferWhilePending(direction) {
  if (!pending || !direction) return false;
  pending.nextDirection = direction;
  return true;
}

/** The app shows that view: where another was expected, the app's counts. */
export function reconcile(view) {
  if (pending && pending.article.dataset.view !== view) rollBack();
}

// The app has put an article in the place of ours.
function adoptAppArticle() {
  const { article, focused, nextDirection } = pending;
  dispose();
  const root = document.getElementById("root");
  const shown = root.querySelector("article[data-stop]");
  if (shown?.dataset.view !== article.dataset.view) return;
  transferState(article, shown);
  const hasLostFocus = document.activeElement === document.body;
  if (hasLostFocus && focused) counterpartOf(focused, root)?.focus({ preventScroll: true });
  if (nextDirection) root.querySelector(`.st-key-tour-${nextDirection} button`)?.click();
}

function onTimeout() {
  console.warn("The app did not follow a step that was shown ahead.");
  rollBack();
}

function rollBack() {
  const { article, replaced, onRollBack } = pending;
  dispose();
  if (article.isConnected) article.replaceWith(replaced);
  onRollBack(replaced.dataset.view);
}

function dispose() {
  pending.observer.disconnect();
  clearTimeout(pending.timer);
  pending = null;
}

function rememberFocus(step) {
  step.article.addEventListener("focusin", ({ target }) => {
    step.focused = target;
  });
}

/** The map sets out at once as well; its pins follow with the app. */
function moveMap(mapView) {
  const [latitude, longitude, zoom] = mapView.split(" ").map(Number);
  try {
    document.querySelector("#root .st-key-tour-map iframe").contentWindow.tourSetView([latitude, longitude], zoom);
  } catch {
    // Not drawn yet, or out of reach: it moves with the app.
  }
}
