// Copying a link saves selecting it by hand; the field itself can always be selected.
const button = document.querySelector('[data-copies]');
if (button && navigator.clipboard) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    const said = document.querySelector('[data-copied]');
    said.hidden = false;
    said.classList.remove('hidden');
  });
}
