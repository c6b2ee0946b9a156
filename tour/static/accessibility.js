// For screen readers and keyboards: focus and announcement after a step, landmarks and names that Streamlit leaves
// out.

const { messages, whenIdle } = window.tour;
/** @type {HTMLElement | undefined} */
let announcer;
/** @type {MutationObserver | undefined} */
let observer;
let isScheduled = false;

/**
 * Focuses the title, or what the view marks instead; a screen reader reads it, and then where in the tour this is.
 * @param {HTMLElement} page
 */
export function focusTitle(page) {
  const title = page.querySelector("[data-focus]") ?? page.querySelector("h1");
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: "start", behavior: "instant" });
  announce(page.querySelector(".tour-kicker")?.textContent ?? "");
}

/** @param {string} text */
function announce(text) {
  if (!announcer) {
    announcer = Object.assign(document.createElement("p"), { className: "tour-visually-hidden" });
    announcer.setAttribute("role", "status");
    document.body.append(announcer);
  }
  announcer.textContent = text;
}

/** Gives Streamlit's containers their roles, the map's frame its name, and links the addresses that it takes away. */
export function patchLandmarks() {
  const root = document.getElementById("root");
  const main = root?.querySelector("main");
  const { map, navigation } = messages();
  if (!root || !main || !map) return;
  // Browsers let Tab focus a scroll area.
  main.tabIndex = -1;
  setRole("header:not(.tour-header)", "none");
  observeChanges(root);
  for (const key of document.querySelectorAll(".st-key-tour-navigation kbd[aria-label]")) {
    key.removeAttribute("aria-label"); // in English, and read after the button's name
    key.setAttribute("aria-hidden", "true");
  }
  // Streamlit's spans header and navigation too; "none" is not for what can have the focus.
  setRole("main", "group");
  setRole(".st-key-tour-main", "main");
  setRole(".st-key-tour-navigation", "navigation", navigation);
  for (const frame of document.querySelectorAll(".st-key-tour-map iframe")) frame.title = map;
  for (const link of document.querySelectorAll("a[data-geo]:not([href])")) {
    link.href = `geo:${link.dataset.geo}?q=${link.dataset.geo}`;
  }
}

/**
 * @param {string} selector
 * @param {string} role
 * @param {string} [label]
 */
function setRole(selector, role, label) {
  const element = document.querySelector(`#root ${selector}`);
  if (element?.getAttribute("role") !== role) element?.setAttribute("role", role);
  if (label && element?.getAttribute("aria-label") !== label) element?.setAttribute("aria-label", label);
}

/**
 * The map comes later, and buttons are drawn anew: look again whenever something new is on the page.
 * @param {HTMLElement} root
 */
function observeChanges(root) {
  observer ??= new MutationObserver(schedulePatch);
  observer.observe(root, { childList: true, subtree: true });
}

function schedulePatch() {
  if (isScheduled) return;
  isScheduled = true;
  whenIdle(() => {
    isScheduled = false;
    patchLandmarks();
  });
}
