// Then and now: a range input moves the divider between two pictures.
(() => {
  /** Puts the divider where the slider's thumb is. */
  function moveDivider(slider) {
    // The thumb's middle runs from half a thumb inside one edge to half a thumb inside the other; the ends show all.
    const part = slider.value / 100;
    const divider = part > 0 && part < 1 ? `calc(22px + (100% - 44px) * ${part})` : `${slider.value}%`;
    slider.closest(".tour-comparison-frame").style.setProperty("--divider", divider);
    slider.setAttribute("aria-valuetext", `${slider.value} %`);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches?.(".tour-comparison-slider")) moveDivider(event.target);
  });
  for (const slider of document.querySelectorAll(".tour-comparison-slider")) moveDivider(slider);
})();
