// The stops around, fetched whole: a press of Next shows the stop at once. The app, whose server answers later, then
// puts its own article in that one's place. Where Streamlit's page has changed, a step waits for the server as before.
import { focusTitle, handOver, twinOf } from "./page.js";

const SEEN = 100; // milliseconds, after which what lies below the screen is laid out too
const PATIENCE = 10_000; // milliseconds for the app to follow
const ahead = { articles: {}, early: null };

/** Keeps the article at each address, by the way that leads to it, its first picture decoded. */
export async function fetchAhead(addresses) {
  const articles = (ahead.articles = {});
  if (navigator.connection?.saveData) return;
  for (const [way, address] of Object.entries(addresses)) {
    const answer = await fetch(address, { cache: "force-cache", priority: "low" }).catch(() => null);
    if (!answer?.ok) continue;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const article = document.importNode(template.content, true).querySelector("article");
    // One that can't be decoded is fetched again when it is shown.
    await article.querySelector("img")?.decode().catch(() => {});
    articles[way] = article;
  }
}

/** Shows the stop that lies that way, if it is here whole; answers which view that is. */
export function showAhead(way) {
  const article = ahead.articles[way];
  const button = document.querySelector(`#root .st-key-tour-${way} button:not(:disabled)`);
  const shown = document.querySelector("#root article[data-stop]");
  if (!article || !button || !shown || ahead.early || document.getElementById("tour-first")) return null;
  const early = (ahead.early = { article, shown, held: null, after: null, view: shown.dataset.view });
  article.classList.add("tour-early");
  setTimeout(() => article.classList.remove("tour-early"), SEEN);
  shown.replaceWith(article);
  early.watch = new MutationObserver(() => takeOver(early));
  early.watch.observe(article.parentNode, { childList: true });
  article.addEventListener("focusin", ({ target }) => { early.held = target; });
  early.timer = setTimeout(giveUp, PATIENCE);
  focusTitle(article);
  lookAt(article.dataset.outlook);
  return article.dataset.view;
}

/** Whether the stop that lies that way can be shown at once. */
export const isReady = (way) => way in ahead.articles;

/** Whether what is shown is not the app's yet. */
export const isEarly = (shown) => shown === ahead.early?.article;

/** Whether a press has to wait for the app: it would lead on from the stop where the app still is. */
export function mustWait(way) {
  if (!ahead.early || !way) return false;
  ahead.early.after = way;
  return true;
}

/** The app shows something else than was expected: what it shows counts. */
export function settle(view) {
  if (ahead.early && ahead.early.article.dataset.view !== view) takeBack();
}

function takeOver(early) {
  forget(early);
  const root = document.getElementById("root");
  const shown = root.querySelector("article[data-stop]");
  if (shown?.dataset.view !== early.article.dataset.view) return;
  handOver(early.article, shown);
  if (document.activeElement === document.body && early.held) twinOf(early.held, root)?.focus({ preventScroll: true });
  if (early.after) root.querySelector(`.st-key-tour-${early.after} button`)?.click();
}

function giveUp() {
  console.warn("The app did not follow a step that was shown ahead.");
  takeBack();
}

function takeBack() {
  const { early } = ahead;
  forget(early);
  if (early.article.isConnected) early.article.replaceWith(early.shown);
  window.tourPage.view = early.view;
}

function forget(early) {
  early.watch.disconnect();
  clearTimeout(early.timer);
  if (ahead.early === early) ahead.early = null;
}

/** The map sets out at once as well; its pins follow with the app. */
function lookAt(outlook) {
  const [latitude, longitude, zoom] = outlook.split(" ").map(Number);
  try {
    document.querySelector("#root .st-key-tour-map iframe").contentWindow.tourLook([latitude, longitude], zoom);
  } catch { /* not drawn yet, or not to be reached: it moves with the app */ }
}
