// While the app is out of reach: a calm line says so, and links of ours lead on as plain pages if the server answers.

const STATE = "data-test-connection-state"; // on Streamlit's outermost element
const PATIENCE = 1500; // milliseconds: a shorter break concerns nobody
const NO_ANSWER = 5000; // milliseconds

const root = document.documentElement;
const line = Object.assign(document.createElement("div"), { className: "tour-away", role: "status" });
let app, words, held, waiting;

/** From now on: `html` is what the line says on this page. */
export function watch(html) {
  words = html;
  if (app) return;
  app = document.querySelector(`[${STATE}]`);
  if (!app) return;
  document.body.append(line);
  document.addEventListener("click", followLink, true);
  document.addEventListener("submit", followForm, true);
  new MutationObserver(look).observe(app, { attributeFilter: [STATE] });
}

const isAway = () => app.getAttribute(STATE) !== "CONNECTED";

function look() {
  if (!isAway()) comeBack();
  else waiting ??= (holdFocus(), setTimeout(show, PATIENCE));
}

// Streamlit disables its buttons meanwhile, and a disabled one loses the focus.
function holdFocus() {
  held = document.activeElement;
}

function show() {
  line.innerHTML = words;
  const foot = document.querySelector(".st-key-tour-foot");
  line.style.bottom = `${foot?.offsetHeight ?? 0}px`;
  root.style.setProperty("--away", `${line.offsetHeight}px`);
}

function comeBack() {
  clearTimeout(waiting);
  waiting = null;
  const isIdle = document.activeElement === document.body || line.contains(document.activeElement);
  line.replaceChildren();
  root.style.removeProperty("--away");
  if (isIdle) held?.focus({ preventScroll: true });
}

function followLink(event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest?.("a[href]");
  const isOurs = link?.origin === location.origin && !link.getAttribute("href").startsWith("#");
  if (isAway() && plain && isOurs && !link.matches(".tour-enlarge")) follow(event, link.href);
}

function followForm(event) {
  if (!isAway() || !event.target.matches(".tour-find-form")) return;
  const asked = new URLSearchParams(new FormData(event.target));
  asked.set("lang", root.lang); // Streamlit takes a field of that name away
  follow(event, `./?${asked}`);
}

// Where nobody answers the visitor stays: the browser's own page of a fault would take from them what they read.
async function follow(event, href) {
  event.preventDefault();
  event.stopPropagation();
  const answer = await fetch(href, { method: "HEAD", signal: AbortSignal.timeout(NO_ANSWER) }).catch(() => null);
  // A full house asks to try again later, in a page that can be read meanwhile.
  if (answer?.ok || answer?.headers.has("Retry-After")) location.assign(href);
}
