// Keys large enough for a thumb in the dark. Without JavaScript the field alone does.
const field = document.getElementById('pin');
const pad = document.querySelector('[data-pin-pad]');
const open = document.querySelector('[data-open]');

// Where there is a keyboard, or an error was just spoken, the field is the quicker way.
if (pad && matchMedia('(pointer: coarse)').matches) {
  pad.hidden = false;
  open.hidden = true;
  field.blur();
  // The device's own keyboard would cover the keys.
  field.inputMode = 'none';
  pad.addEventListener('click', ({ target }) => {
    const digit = target.dataset?.digit;
    if (!digit) return;
    field.value = digit === 'back' ? field.value.slice(0, -1) : (field.value + digit).slice(0, 8);
  });
}
