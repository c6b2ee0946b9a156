// A picture looked at closely: one region after another fills the frame.
(() => {
  const MAX_SCALE = 8;

  /** Goes on by so many regions, in a circle. */
  function stepRegion(view, steps) {
    if (!steps) return;
    const regions = [...view.querySelectorAll("[data-box]")];
    const current = regions.findIndex((region) => region.classList.contains("tour-detail-current"));
    const next = (current + steps + regions.length) % regions.length;
    regions[current].classList.remove("tour-detail-current");
    regions[next].classList.add("tour-detail-current");
    showRegion(view.querySelector("img"), regions[next].dataset.box.split(" ").map(Number));
  }

  /** The region (left, top, width, height as parts of the picture) comes to the middle of the frame. */
  function showRegion(image, [left, top, width, height]) {
    const scale = Math.min(1 / Math.max(width, height), MAX_SCALE);
    // No edge of the picture comes inside the frame.
    const shift = (start, size) => Math.min(0, Math.max(1 - scale, 0.5 - (start + size / 2) * scale)) * 100;
    if (scale > 1) window.tour.useLargestFile(image.parentNode);
    image.style.transform = `translate(${shift(left, width)}%, ${shift(top, height)}%) scale(${scale})`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (button) stepRegion(button.closest(".tour-detail"), Number(button.dataset.step));
  });
  window.tour.stepRegion = stepRegion;
})();
