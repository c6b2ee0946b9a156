// A picture looked at closely: one region after another fills the frame.
(() => {
  const MAX_SCALE = 8;

  /**
   * Goes on by so many regions, in a circle.
   * @param {Element} view
   * @param {number} steps
   */
  function stepRegion(view, steps) {
    if (!steps) return;
    const regions = [...view.querySelectorAll("[data-box]")];
    const current = regions.findIndex((region) => region.classList.contains("tour-detail-current"));
    const next = (current + steps + regions.length) % regions.length;
    regions[current].classList.remove("tour-detail-current");
    regions[next].classList.add("tour-detail-current");
    showRegion(window.tour.find(view, "img"), regions[next].dataset.box ?? "");
  }

  /**
   * The region comes to the middle of the frame.
   * @param {HTMLImageElement} image
   * @param {string} box  Left, top, width, height as parts of the picture.
   */
  function showRegion(image, box) {
    const [left, top, width, height] = box.split(" ").map(Number);
    const scale = Math.min(1 / Math.max(width, height), MAX_SCALE);
    // No edge of the picture comes inside the frame.
    const shift = (/** @type {number} */ start, /** @type {number} */ size) =>
      Math.min(0, Math.max(1 - scale, 0.5 - (start + size / 2) * scale)) * 100;
    if (scale > 1) window.tour.useLargestFile(image);
    image.style.transform = `translate(${shift(left, width)}%, ${shift(top, height)}%) scale(${scale})`;
  }

  document.addEventListener("click", (event) => {
    const button = window.tour.closest(event, "[data-step]");
    const view = button?.closest(".tour-detail");
    if (view) stepRegion(view, Number(button?.dataset.step));
  });
  window.tour.stepRegion = stepRegion;
})();
