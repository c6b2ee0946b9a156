// What the page does in the browser beyond links: steps in place, the lightbox, then and now, the close view.

const page = (window.tourPage ??= { view: null, step: null, ahead: null });

/** Called after each step: language, focus on the new title, links that step in place, the stops around fetched ahead. */
export function arrive({ view, language, ahead, away }, step) {
  page.step = step;
  const first = document.getElementById("tour-first");
  if (first) takeOver(first, view);
  document.documentElement.lang = language;
  page.ahead?.settle(view);
  const isStep = page.view !== null && page.view !== view;
  page.view = view;
  whenShown(view, (shown) => {
    if (isStep) focusTitle(shown);
    document.dispatchEvent(new Event("tour-arrival"));
    whenIdle(dress);
  });
  whenIdle(async () => {
    page.ahead ??= await import("./ahead.js");
    page.ahead.fetchAhead(ahead);
    (await import("./away.js")).watch(away);
  });
}

/** Shows the stop that lies that way within the press: later, the server's answer could be in the way of the next frame. */
function goAhead(way) {
  const view = way && page.ahead?.showAhead(way);
  if (!view) return;
  page.view = view;
  document.dispatchEvent(new Event("tour-arrival"));
}

const whenIdle = window.requestIdleCallback ?? setTimeout;

// The server has painted this page already. The app's own takes its place when it is whole, in one frame, where the
// visitor stands; until then the first one can be read, and its links are plain links.
const PATIENCE = 8000; // milliseconds for a map that doesn't come

function takeOver(first, view, since = performance.now()) {
  if (!first.isConnected) return;
  const open = document.querySelector("dialog[open], #tour-first :popover-open");
  if (open || !isWhole(view, performance.now() - since > PATIENCE)) return void setTimeout(takeOver, 50, first, view, since);
  const app = document.querySelector("#root main");
  const held = first.contains(document.activeElement) && document.activeElement;
  const top = document.scrollingElement.scrollTop;
  handOver(first, app);
  first.remove();
  app.scrollTop = top;
  if (held) twinOf(held, app)?.focus({ preventScroll: true });
}

/** What the visitor has opened, moved and looked at stays so. */
export function handOver(first, app) {
  const both = (selector) => {
    const theirs = app.querySelectorAll(selector);
    return [...first.querySelectorAll(selector)].map((ours, at) => [ours, theirs[at]]).filter(([, twin]) => twin);
  };
  for (const [ours, twin] of both("details")) twin.open = ours.open;
  for (const [ours, twin] of both("input[type=checkbox]")) if (ours.checked !== twin.checked) twin.click();
  for (const [ours, twin] of both(".tour-slider")) {
    twin.value = ours.value;
    moveCut(twin);
  }
  for (const [ours, twin] of both(".tour-close")) look(twin, [...ours.querySelectorAll("[data-box]")].findIndex((each) => each.matches(".tour-looking")));
}

function isWhole(view, patienceIsOver) {
  const app = document.querySelector("#root main");
  const shown = app?.querySelector(`[data-view="${CSS.escape(view)}"]`);
  const pictures = [...(shown?.querySelectorAll("img[loading=eager]") ?? [])];
  if (!shown || !pictures.every((each) => each.complete)) return false;
  if (!shown.matches("article")) return true;
  const map = app.querySelector(".st-key-tour-map iframe");
  return app.querySelector(".st-key-tour-next button") && map && (patienceIsOver || isDrawn(map));
}

const isDrawn = (map) => map.contentDocument?.querySelector(".tour-here") && map.contentWindow.tourDrawing === 0;

/** What has the focus, in the app: the same link, or the button that does what the link did. */
export function twinOf(held, app) {
  const way = held.closest(".st-key-tour-previous, .st-key-tour-next, .st-key-tour-start");
  if (way) return app.querySelector(`.${way.className} button`);
  const href = held.getAttribute("href");
  return [...app.querySelectorAll(held.localName)].find((each) => each.getAttribute("href") === href && each.textContent === held.textContent);
}

// The view is drawn by another message than the one that calls us: look for it until it is there.
function whenShown(view, work, frames = 0) {
  const shown = document.querySelector(`#root [data-view="${CSS.escape(view)}"]`);
  if (shown && !page.ahead?.isEarly(shown)) work(shown);
  else if (frames < 600 && page.view === view) requestAnimationFrame(() => whenShown(view, work, frames + 1));
}

/** Stand at the title, or where the view wants it; a screen reader hears that, and then where in the tour this is. */
export function focusTitle(shown) {
  const title = shown.querySelector("[data-focus]") ?? shown.querySelector("h1");
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "start", behavior: "instant" });
  if (!page.voice) {
    page.voice = Object.assign(document.createElement("p"), { className: "tour-unseen", role: "status" });
    document.body.append(page.voice);
  }
  page.voice.textContent = shown.querySelector(".tour-kicker")?.innerText ?? "";
}

function name(selector, role, label) {
  const element = document.querySelector(`#root ${selector}`);
  if (element?.role !== role) element?.setAttribute("role", role);
  if (label && element?.ariaLabel !== label) element?.setAttribute("aria-label", label);
}

/** What Streamlit leaves unnamed: the landmarks of its containers, the map's frame, addresses of a kind it takes away. */
function dress() {
  const main = document.querySelector("#root main");
  const words = said();
  if (!main || !words.map) return;
  // Its scroll area is a stop on the way of every Tab.
  main.tabIndex = -1;
  name("header:not(.tour-head)", "none");
  // The map comes later, and buttons are drawn anew: look again whenever something new is on the page.
  page.observer ??= new MutationObserver(() => { page.undressed ??= whenIdle(() => { page.undressed = null; dress(); }); });
  page.observer.observe(document.getElementById("root"), { childList: true, subtree: true });
  for (const key of document.querySelectorAll(".st-key-tour-foot kbd[aria-label]")) {
    key.removeAttribute("aria-label"); // in English, and to those who hear it only a noise after the name
    key.setAttribute("aria-hidden", "true");
  }
  name("main", "none");
  name(".st-key-tour-main", "main");
  name(".st-key-tour-foot", "navigation", words.way);
  for (const frame of document.querySelectorAll(".st-key-tour-map iframe")) frame.title = words.map;
  for (const link of document.querySelectorAll("a[data-geo]:not([href])")) link.href = `geo:${link.dataset.geo}?q=${link.dataset.geo}`;
}

function stepByForm(event) {
  if (!page.step || !event.target.matches?.(".tour-find-form")) return;
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(event.target));
  asked.set("lang", document.documentElement.lang); // Streamlit takes a field of that name away
  page.step(`./?${asked}`);
}

function stepByLink(event, link) {
  const href = link.getAttribute("href");
  if (!page.step || !/^\.\/(\?|$)/.test(href ?? "")) return;
  event.preventDefault();
  link.closest("[popover]:popover-open")?.hidePopover();
  page.step(href);
}

// Then and now: the range input moves the cut.
function moveCut(slider) {
  // The thumb's middle runs from half a thumb inside one edge to half a thumb inside the other; the ends show all.
  const part = slider.value / 100;
  const cut = part > 0 && part < 1 ? `calc(22px + (100% - 44px) * ${part})` : `${slider.value}%`;
  slider.closest(".tour-pair-frame").style.setProperty("--cut", cut);
  slider.setAttribute("aria-valuetext", `${slider.value} %`);
}

// The close view: one region after another fills the frame.
function look(close, by) {
  if (!by) return;
  const regions = [...close.querySelectorAll("[data-box]")];
  const at = regions.findIndex((region) => region.classList.contains("tour-looking"));
  const to = (at + by + regions.length) % regions.length;
  regions[at].classList.remove("tour-looking");
  regions[to].classList.add("tour-looking");
  const [left, top, width, height] = regions[to].dataset.box.split(" ").map(Number);
  const scale = Math.min(1 / Math.max(width, height), 8);
  // The region's middle comes to the frame's middle, but no edge of the picture comes inside the frame.
  const shift = (start, size) => Math.min(0, Math.max(1 - scale, 0.5 - (start + size / 2) * scale)) * 100;
  const picture = close.querySelector("img");
  if (scale > 1) for (const source of close.querySelectorAll("source, img")) source.sizes = "3200px";
  picture.style.transform = `translate(${shift(left, width)}%, ${shift(top, height)}%) scale(${scale})`;
}

/** What we say by ourselves, in the page's language. */
const said = () => JSON.parse(document.querySelector(".tour-head")?.dataset.words ?? "{}");

// The lightbox: one dialog for all figures of the view.
const WIDEST = 4;

class Lightbox {
  constructor() {
    this.dialog = document.createElement("dialog");
    this.dialog.className = "tour-lightbox";
    this.dialog.innerHTML = `
      <div class="tour-lightbox-bar">
        <button type="button" data-do="previous">←</button>
        <button type="button" data-do="next">→</button>
        <button type="button" data-do="out">−</button>
        <button type="button" data-do="in">+</button>
        <button type="button" data-do="close">✕</button>
      </div>
      <div class="tour-lightbox-stage" tabindex="0" role="group"></div>
      <p class="tour-lightbox-words" aria-live="polite"></p>`;
    this.stage = this.dialog.querySelector(".tour-lightbox-stage");
    this.words = this.dialog.querySelector(".tour-lightbox-words");
    this.dialog.addEventListener("click", (event) => this.do(event.target.closest("[data-do]")?.dataset.do));
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => this.opener?.focus());
    this.stage.addEventListener("pointerdown", (event) => this.drag(event));
    document.body.append(this.dialog);
  }

  open(link) {
    this.opener = link;
    this.links = [...document.querySelectorAll(".tour-enlarge")];
    this.at = this.links.indexOf(link);
    this.dialog.lang = document.documentElement.lang;
    const words = said();
    for (const button of this.dialog.querySelectorAll("[data-do]")) button.setAttribute("aria-label", words[button.dataset.do]);
    this.show();
    this.dialog.showModal();
  }

  show() {
    const link = this.links[this.at];
    const picture = link.querySelector("picture").cloneNode(true);
    for (const each of picture.querySelectorAll("source, img")) each.sizes = "100vw";
    const image = picture.querySelector("img");
    image.removeAttribute("style");
    image.loading = "eager";
    image.draggable = false;
    this.stage.replaceChildren(picture);
    this.dialog.setAttribute("aria-label", image.alt);
    this.words.textContent = link.closest("figure").querySelector("figcaption")?.innerText ?? "";
    for (const name of ["previous", "next"]) this.button(name).hidden = this.links.length < 2;
    this.zoom(1);
  }

  button(name) {
    return this.dialog.querySelector(`[data-do="${name}"]`);
  }

  do(what) {
    const steps = { previous: -1, next: 1 };
    if (what in steps) {
      this.at = (this.at + steps[what] + this.links.length) % this.links.length;
      this.show();
    } else if (what === "in") this.zoom(Math.min(this.scale * 1.5, WIDEST));
    else if (what === "out") this.zoom(Math.max(this.scale / 1.5, 1));
    else if (what === "close") this.dialog.close();
  }

  key(event) {
    const keys = { ArrowLeft: "previous", ArrowRight: "next", "+": "in", "=": "in", "-": "out" };
    // While the picture is larger than the stage the arrows scroll it.
    const scrolls = this.scale > 1 && event.key.startsWith("Arrow") && event.target === this.stage;
    event.stopPropagation();
    if (!(event.key in keys) || scrolls) return;
    event.preventDefault();
    this.do(keys[event.key]);
  }

  zoom(scale) {
    const { stage } = this;
    const middle = [(stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth, (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight];
    this.scale = scale;
    stage.style.setProperty("--scale", scale);
    if (scale > 1) for (const each of stage.querySelectorAll("source, img")) each.sizes = "3200px";
    stage.scrollTo(middle[0] * stage.scrollWidth - stage.clientWidth / 2, middle[1] * stage.scrollHeight - stage.clientHeight / 2);
    this.button("out").disabled = scale <= 1;
    this.button("in").disabled = scale >= WIDEST;
  }

  drag(event) {
    if (this.scale === 1 || event.pointerType === "touch") return;
    event.preventDefault();
    const from = { x: event.clientX + this.stage.scrollLeft, y: event.clientY + this.stage.scrollTop };
    const move = (now) => this.stage.scrollTo(from.x - now.clientX, from.y - now.clientY);
    const end = () => removeEventListener("pointermove", move);
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
  }
}

/** Which way a press leads, on Next or Previous or on one of their keys. */
function wayOf(event) {
  if (event.type === "click") {
    const button = event.target.closest?.("#root :is(.st-key-tour-previous, .st-key-tour-next) button");
    return button && (button.closest(".st-key-tour-next") ? "next" : "previous");
  }
  const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!plain || event.target.matches?.("input, select") || document.querySelector("dialog[open]")) return null;
  return { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
}

/** A press that the app may not hear yet. */
function holdBack(event) {
  if (!page.ahead?.mustWait(wayOf(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function start() {
  for (const kind of ["click", "keydown"]) addEventListener(kind, holdBack, true);
  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const step = event.target.closest?.("[data-look]");
    const link = event.target.closest?.("a");
    if (step) look(step.closest(".tour-close"), Number(step.dataset.look));
    else if (plain && link?.matches(".tour-enlarge")) {
      event.preventDefault();
      (page.lightbox ??= new Lightbox()).open(link);
    } else if (plain && link) stepByLink(event, link);
    goAhead(wayOf(event));
  });
  document.addEventListener("submit", stepByForm);
  for (const slider of document.querySelectorAll(".tour-slider")) moveCut(slider);
  document.addEventListener("keydown", (event) => {
    const way = wayOf(event);
    // The app has keys of its own for its buttons; a page that stands without it has links.
    goAhead(way);
    if (way) document.querySelector(`.tour-plain .st-key-tour-${way} a`)?.click();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.(".tour-slider")) moveCut(event.target);
  });
}

// The app's scripts are heavy, and what a visitor may ask for can wait too: they come when the page and its picture are on
// the screen, or have had their time. The latter run by themselves, from a server or from a disk.
const HEAD_START = 3000; // milliseconds
const LATER = ["listen", "visitor"];

async function isOnScreen() {
  const painted = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
  const picture = document.querySelector("#tour-first img[loading=eager]");
  const shown = Promise.all([painted, picture?.decode().catch(() => null)]);
  await Promise.race([shown, new Promise((done) => setTimeout(done, HEAD_START))]);
}

function fetchLater() {
  for (const name of LATER) document.head.append(Object.assign(document.createElement("script"), { src: `files/${name}.js` }));
}

if (!page.started) {
  page.started = true;
  start();
  const held = document.getElementById("tour-app");
  isOnScreen().then(() => {
    fetchLater();
    // A library of Streamlit's would count with it, and counts as well without; our policy refuses it, not in silence.
    if (held) delete window.WebAssembly;
    // Nor is its font of icons, 375 KB, to come before there is an icon; a page that shows one still gets it.
    if (held) document.fonts.load = async () => [];
    // Streamlit would tell of a lost connection in English, over the page, and take the focus: away.js does it for ours.
    window.__streamlit = { HOST_CONFIG: { blockErrorDialogs: true } };
    held?.replaceWith(held.content);
  });
}
