// While the connection is lost: a banner says so, and our links lead to plain pages if the server responds.

const { formQuery, isPlainClick } = window.tour;
const STATE = "data-test-connection-state"; // on Streamlit's outermost element
const SHOW_DELAY = 1500; // milliseconds: a shorter interruption is not shown
const RESPONSE_TIMEOUT = 5000; // milliseconds

const root = document.documentElement;
const banner = Object.assign(document.createElement("div"), { className: "tour-offline", role: "status" });
let app = null;
let message = "";
let timer = null;
let focused = null; // when the connection was lost

/** Watches Streamlit's connection from the first call on; `html` is what the banner says on this page. */
export function watchConnection(html) {
  message = html;
  if (app) return;
  app = document.querySelector(`[${STATE}]`);
  if (!app) return;
  document.body.append(banner);
  document.addEventListener("click", followLink, true);
  document.addEventListener("submit", followForm, true);
  new MutationObserver(onStateChange).observe(app, { attributeFilter: [STATE] });
}

const isOffline = () => app.getAttribute(STATE) !== "CONNECTED";

function onStateChange() {
  if (!isOffline()) onReconnect();
  else if (!timer) {
    // Streamlit disables its buttons meanwhile, and a disabled one loses the focus.
    focused = document.activeElement;
    timer = setTimeout(showBanner, SHOW_DELAY);
  }
}

function showBanner() {
  banner.innerHTML = message;
  const navigation = document.querySelector(".st-key-tour-navigation");
  banner.style.bottom = `${navigation?.offsetHeight ?? 0}px`;
  root.style.setProperty("--offline-height", `${banner.offsetHeight}px`);
}

function onReconnect() {
  clearTimeout(timer);
  timer = null;
  const isIdle = document.activeElement === document.body || banner.contains(document.activeElement);
  banner.replaceChildren();
  root.style.removeProperty("--offline-height");
  if (isIdle) focused?.focus({ preventScroll: true });
}

function followLink(event) {
  const link = event.target.closest?.("a[href]");
  const isOurs = link?.origin === location.origin && !link.getAttribute("href").startsWith("#");
  if (isOffline() && isPlainClick(event) && isOurs && !link.matches(".tour-enlarge")) follow(event, link.href);
}

function followForm(event) {
  if (isOffline() && event.target.matches(".tour-search-form")) follow(event, `./?${formQuery(event.target)}`);
}

// Without a response the visitor stays on the page: the browser's error page would replace what they read.
async function follow(event, href) {
  event.preventDefault();
  event.stopPropagation();
  const signal = AbortSignal.timeout(RESPONSE_TIMEOUT);
  const response = await fetch(href, { method: "HEAD", signal }).catch(() => null);
  // A server at its capacity asks to try again later, in a page that can be read meanwhile.
  if (response?.ok || response?.headers.has("Retry-After")) location.assign(href);
}
