// Then and now: a range input moves the divider between two pictures.
(() => {
  /**
   * Puts the divider where the slider's thumb is.
   * @param {HTMLInputElement} slider
   */
  function moveDivider(slider) {
    // The thumb's middle runs from half a thumb inside one edge to half a thumb inside the other; the ends show all.
    const part = slider.valueAsNumber / 100;
    const divider = part > 0 && part < 1 ? `calc(22px + (100% - 44px) * ${part})` : `${slider.value}%`;
    slider.closest(".tour-comparison-frame")?.style.setProperty("--divider", divider);
    slider.setAttribute("aria-valuetext", `${slider.value} %`);
  }

  document.addEventListener("input", (event) => {
    const slider = window.tour.closest(event, "input.tour-comparison-slider");
    if (slider) moveDivider(slider);
  });
  for (const slider of document.querySelectorAll("input.tour-comparison-slider")) moveDivider(slider);
})();
