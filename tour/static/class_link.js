// For a class: the link of the stop that the teacher chose.
(() => {
  const { closest, find } = window.tour;

  /**
   * While the app starts the form is on the page twice.
   * @template {string} S
   * @param {HTMLElement} control
   * @param {S} selector
   */
  const nextTo = (control, selector) => find(control.closest("section"), selector);

  /** @param {HTMLElement} button */
  async function copy(button) {
    await navigator.clipboard.writeText(nextTo(button, ".tour-class-link a").href);
    nextTo(button, ".tour-copy-status").textContent = button.dataset.copied ?? "";
  }

  document.addEventListener("change", (event) => {
    const select = closest(event, "select.tour-choose-stop");
    if (!select) return;
    const link = nextTo(select, ".tour-class-link a");
    link.href = select.value;
    link.textContent = link.href;
  });
  document.addEventListener("click", (event) => {
    const button = closest(event, ".tour-copy-link");
    if (button) copy(button);
  });
})();
