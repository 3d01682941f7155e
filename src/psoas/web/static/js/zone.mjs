// The browser knows the time zone; a field left empty is filled with it, and stays changeable.
const field = document.querySelector('[data-zone]');
if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
