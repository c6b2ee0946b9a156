// The lightbox: one dialog for all figures of the page, to enlarge them and to go from one to the next. Without dialogs
// in the browser, the link of a figure leads to its file.
(() => {
  if (!window.HTMLDialogElement) return;

  const MAX_SCALE = 4;
  const ZOOM_STEP = 1.5;
  /** @type {Record<string, string>} */
  const KEYS = { ArrowLeft: "previous", ArrowRight: "next", "+": "in", "=": "in", "-": "out" };
  /** @type {Record<string, number>} */
  const STEPS = { previous: -1, next: 1 };
  const { closest, find } = window.tour;
  /** @type {Lightbox | undefined} */
  let lightbox;

  class Lightbox {
    constructor() {
      this.dialog = document.createElement("dialog");
      this.dialog.className = "tour-lightbox";
      this.dialog.innerHTML = `
        <div class="tour-lightbox-bar">
          <button type="button" data-action="previous">←</button>
          <button type="button" data-action="next">→</button>
          <button type="button" data-action="out">−</button>
          <button type="button" data-action="in">+</button>
          <button type="button" data-action="close">✕</button>
        </div>
        <div class="tour-lightbox-stage" tabindex="0" role="group"></div>
        <p class="tour-lightbox-caption" aria-live="polite"></p>`;
      this.stage = find(this.dialog, ".tour-lightbox-stage");
      this.caption = find(this.dialog, ".tour-lightbox-caption");
      /** @type {HTMLElement[]} */
      this.links = [];
      this.index = 0;
      this.scale = 1;
      this.dialog.addEventListener("click", (event) => this.perform(closest(event, "[data-action]")?.dataset.action));
      this.dialog.addEventListener("keydown", (event) => this.onKey(event));
      this.dialog.addEventListener("close", () => this.opener?.focus());
      this.stage.addEventListener("pointerdown", (event) => this.drag(event));
      document.body.append(this.dialog);
    }

    /**
     * Shows the figure of that link, with the others of the page before and after it.
     * @param {HTMLElement} link
     */
    open(link) {
      this.opener = link;
      this.links = [...document.querySelectorAll(".tour-enlarge")];
      this.index = this.links.indexOf(link);
      this.dialog.lang = document.documentElement.lang;
      const messages = window.tour.messages();
      for (const button of this.dialog.querySelectorAll("[data-action]")) {
        button.setAttribute("aria-label", messages[button.dataset.action ?? ""] ?? "");
      }
      this.show();
      this.dialog.showModal();
    }

    show() {
      const link = this.links[this.index];
      this.stage.replaceChildren(find(link, "picture").cloneNode(true));
      for (const source of this.stage.querySelectorAll("source, img")) source.sizes = "100vw";
      const image = find(this.stage, "img");
      image.removeAttribute("style");
      image.loading = "eager";
      image.draggable = false;
      this.dialog.setAttribute("aria-label", image.alt);
      this.caption.textContent = link.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
      for (const action of ["previous", "next"]) this.button(action).hidden = this.links.length < 2;
      this.zoom(1);
    }

    /** @param {string} action */
    button(action) {
      return find(this.dialog, `button[data-action="${action}"]`);
    }

    /** @param {string} [action] */
    perform(action = "") {
      if (action in STEPS) {
        this.index = (this.index + STEPS[action] + this.links.length) % this.links.length;
        this.show();
      } else if (action === "in") this.zoom(Math.min(this.scale * ZOOM_STEP, MAX_SCALE));
      else if (action === "out") this.zoom(Math.max(this.scale / ZOOM_STEP, 1));
      else if (action === "close") this.dialog.close();
    }

    /** @param {KeyboardEvent} event */
    onKey(event) {
      // While the picture is larger than the stage the arrows scroll it.
      const scrolls = this.scale > 1 && event.key.startsWith("Arrow") && event.target === this.stage;
      event.stopPropagation();
      if (!(event.key in KEYS) || scrolls) return;
      event.preventDefault();
      this.perform(KEYS[event.key]);
    }

    /**
     * What was in the middle stays there.
     * @param {number} scale
     */
    zoom(scale) {
      const { stage } = this;
      const centreX = (stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth;
      const centreY = (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight;
      this.scale = scale;
      stage.style.setProperty("--scale", `${scale}`);
      if (scale > 1) window.tour.useLargestFile(find(stage, "img"));
      stage.scrollTo(
        centreX * stage.scrollWidth - stage.clientWidth / 2,
        centreY * stage.scrollHeight - stage.clientHeight / 2,
      );
      this.button("out").disabled = scale <= 1;
      this.button("in").disabled = scale >= MAX_SCALE;
    }

    /** @param {PointerEvent} event */
    drag(event) {
      if (this.scale === 1 || event.pointerType === "touch") return;
      event.preventDefault();
      const from = { x: event.clientX + this.stage.scrollLeft, y: event.clientY + this.stage.scrollTop };
      const move = (/** @type {PointerEvent} */ { clientX, clientY }) =>
        this.stage.scrollTo(from.x - clientX, from.y - clientY);
      addEventListener("pointermove", move);
      addEventListener("pointerup", () => removeEventListener("pointermove", move), { once: true });
    }
  }

  document.addEventListener("click", (event) => {
    const link = closest(event, ".tour-enlarge");
    if (!link || !window.tour.isPlainClick(event)) return;
    event.preventDefault();
    lightbox ??= new Lightbox();
    lightbox.open(link);
  });
})();
