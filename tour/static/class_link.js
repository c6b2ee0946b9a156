// For a class: the link of the stop that the teacher chose.
(() => {
  // While the app starts the form is on the page twice.
  const nextTo = (control, selector) => control.closest("section").querySelector(selector);

  async function copy(button) {
    await navigator.clipboard.writeText(nextTo(button, ".tour-class-link a").href);
    nextTo(button, ".tour-copy-status").textContent = button.dataset.copied;
  }

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.(".tour-choose-stop")) return;
    const link = nextTo(target, ".tour-class-link a");
    link.href = target.value;
    link.textContent = link.href;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".tour-copy-link");
    if (button) copy(button);
  });
})();
