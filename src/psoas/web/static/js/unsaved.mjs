// Words typed and not saved yet: the browser asks before another page takes their place.
// Leaving at once is never held up, nor is anything that sends a form.
const form = document.querySelector('form[data-unsaved]');

const ask = (event) => event.preventDefault();
const stop = () => removeEventListener('beforeunload', ask);

const start = () => addEventListener('beforeunload', ask);

form?.addEventListener('input', start);
// A form that came back refused holds words that are nowhere else.
if (form?.querySelector('.errors')) start();
for (const way of ['leaving', 'submit', 'pagehide']) addEventListener(way, stop);
