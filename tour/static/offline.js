// While the connection is lost: a banner says so, and our links lead to plain pages if the server responds.

const { closest, formQuery, isPlainClick } = window.tour;
const STATE = "data-test-connection-state"; // on Streamlit's outermost element
const SHOW_DELAY = 1500; // milliseconds: a shorter interruption is not shown
const RESPONSE_TIMEOUT = 5000; // milliseconds

const root = document.documentElement;
const banner = Object.assign(document.createElement("div"), { className: "tour-offline" });
banner.setAttribute("role", "status");
/** @type {HTMLElement | null} */
let app = null;
let message = "";
let timer = 0;
/** @type {Element | null} When the connection was lost. */
let focused = null;

/**
 * Watches Streamlit's connection from the first call on.
 * @param {string} html  What the banner says on this page.
 */
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

const isOffline = () => app?.getAttribute(STATE) !== "CONNECTED";

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
  timer = 0;
  const isIdle = document.activeElement === document.body || banner.contains(document.activeElement);
  banner.replaceChildren();
  root.style.removeProperty("--offline-height");
  if (isIdle) focused?.focus({ preventScroll: true });
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = closest(event, "a[href]:not(.tour-enlarge):not([href^='#'])");
  if (link?.origin === location.origin && isOffline() && isPlainClick(event)) follow(event, link.href);
}

/** @param {Event} event */
function followForm(event) {
  const form = closest(event, "form.tour-search-form");
  if (form && isOffline()) follow(event, `./?${formQuery(form)}`);
}

/**
 * Without a response the visitor stays on the page: the browser's error page would replace what they read.
 * @param {Event} event
 * @param {string} href
 */
async function follow(event, href) {
  event.preventDefault();
  event.stopPropagation();
  const signal = AbortSignal.timeout(RESPONSE_TIMEOUT);
  const response = await fetch(href, { method: "HEAD", signal }).catch(() => null);
  // A server at its capacity asks to try again later, in a page that can be read meanwhile.
  if (response?.ok || response?.headers.has("Retry-After")) location.assign(href);
}
