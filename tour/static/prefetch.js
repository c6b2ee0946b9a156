// The stops before and after this one, fetched ahead: a press of Next shows the stop at once. The app, whose server
// answers later, then puts its own article in that one's place. Where Streamlit's page has changed, a step waits for
// the server.
import { focusTitle } from "./accessibility.js";
import { counterpartOf, transferState } from "./hydrate.js";

const PREFETCHED_CLASS = "tour-prefetched"; // leaves out what lies below the screen
const LAYOUT_DELAY = 100; // milliseconds, after which that is laid out too
const APP_TIMEOUT = 10_000; // milliseconds

/** @type {Partial<Record<string, HTMLElement>>} Articles by direction. */
let articles = {};

/** @type {PendingStep | null} A step that is shown and that the app has yet to follow. */
let pending = null;

/**
 * Fetches the article at each URL, and decodes its first picture.
 * @param {Partial<Record<Direction, string>>} urls
 */
export async function prefetch(urls) {
  /** @type {typeof articles} */
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
      ?.querySelector("img")
      ?.decode()
      .catch(() => {});
    if (article) fetched[direction] = article;
  }
}

/**
 * Shows the stop in that direction if it is prefetched.
 * @param {Direction} direction
 * @param {(view: string) => void} onRollBack  Called with the view that is shown again where the app never follows.
 * @returns The id of the stop's view; null where it can't be shown.
 */
export function showPrefetched(direction, onRollBack) {
  const article = articles[direction];
  const button = document.querySelector(`#root .st-key-tour-${direction} button:not(:disabled)`);
  const replaced = document.querySelector("#root article[data-stop]");
  const parent = replaced?.parentNode;
  if (!article || !button || !parent || pending || document.getElementById("tour-server-page")) return null;
  /** @type {PendingStep} */
  const step = {
    article,
    replaced,
    onRollBack,
    observer: new MutationObserver(() => adoptAppArticle(step)),
    timer: setTimeout(onTimeout, APP_TIMEOUT),
  };
  pending = step;
  article.classList.add(PREFETCHED_CLASS);
  setTimeout(() => article.classList.remove(PREFETCHED_CLASS), LAYOUT_DELAY);
  replaced.replaceWith(article);
  step.observer.observe(parent, { childList: true });
  article.addEventListener("focusin", () => {
    step.focused = document.activeElement;
  });
  focusTitle(article);
  moveMap(article.dataset.mapView ?? "");
  return article.dataset.view;
}

/**
 * Whether the stop in that direction can be shown at once.
 * @param {Direction} direction
 */
export const isReady = (direction) => direction in articles;

/**
 * Whether what is shown is not the app's yet.
 * @param {HTMLElement} page
 */
export const isPrefetched = (page) => page === pending?.article;

/**
 * Whether a press has to wait for the app, as it leads on from a stop that the app doesn't show yet; it is kept.
 * @param {Direction | null | undefined} direction
 */
export function deferWhilePending(direction) {
  if (!pending || !direction) return false;
  pending.nextDirection = direction;
  return true;
}

/**
 * The app shows that view: where another was expected, the app's counts.
 * @param {string} view
 */
export function reconcile(view) {
  if (pending?.article.dataset.view !== view) rollBack();
}

/**
 * The app has put an article in the place of ours.
 * @param {PendingStep} step
 */
function adoptAppArticle(step) {
  const { article, focused, nextDirection } = step;
  dispose(step);
  const root = document.getElementById("root");
  const shown = root?.querySelector("article[data-stop]");
  if (!root || !shown || shown.dataset.view !== article.dataset.view) return;
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
  if (!pending) return;
  const { article, replaced, onRollBack } = pending;
  dispose(pending);
  if (article.isConnected) article.replaceWith(replaced);
  onRollBack(replaced.dataset.view ?? "");
}

/** @param {PendingStep} step */
function dispose(step) {
  step.observer.disconnect();
  clearTimeout(step.timer);
  pending = null;
}

/**
 * The map sets out at once as well; its pins follow with the app.
 * @param {string} mapView  Latitude, longitude, zoom.
 */
function moveMap(mapView) {
  const [latitude, longitude, zoom] = mapView.split(" ").map(Number);
  try {
    const frame = document.querySelector("#root .st-key-tour-map iframe");
    frame?.contentWindow?.tourSetView?.([latitude, longitude], zoom);
  } catch {
    // Out of reach: it moves with the app.
  }
}
