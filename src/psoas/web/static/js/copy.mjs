// Copying a link or a key saves selecting it by hand; the text itself can always be selected.
const button = document.querySelector('[data-copies]');
if (button && navigator.clipboard) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select?.();
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    const said = document.querySelector('[data-copied]');
    said.hidden = false;
    said.classList.remove('hidden');
  });
}
