// For a class: the link of the stop that the teacher chose.
(() => {
  const link = () => document.querySelector(".tour-class-link a");

  async function copy(button) {
    await navigator.clipboard.writeText(link().href);
    document.querySelector(".tour-copy-status").textContent = button.dataset.copied;
  }

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.(".tour-choose-stop")) return;
    link().href = target.value;
    link().textContent = link().href;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".tour-copy-link");
    if (button) copy(button);
  });
})();
