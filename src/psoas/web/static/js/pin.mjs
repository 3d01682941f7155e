// Keys large enough for a thumb in the dark. Without JavaScript the field alone does.
const field = document.getElementById('pin');
const pad = document.querySelector('[data-pin-pad]');

// Where there is a keyboard the field alone is the quicker way.
if (pad && matchMedia('(pointer: coarse)').matches) {
  pad.hidden = false;
  field.blur();
  // The device's own keyboard would cover the keys.
  field.inputMode = 'none';
  pad.addEventListener('click', ({ target }) => {
    const digit = target.dataset?.digit;
    if (!digit) return;
    field.value = digit === 'back' ? field.value.slice(0, -1) : (field.value + digit).slice(0, 8);
  });
}
