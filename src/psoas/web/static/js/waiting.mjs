// The line under the header that says what is still on this device, in words from the page.
const line = document.getElementById('waiting');

const sentence = (count) => (count === 1 ? line.dataset.one : line.dataset.many.replace('%s', count));

export function show(items, state, discard) {
  const refused = items.filter((item) => item.refused);
  const parts = [];
  if (items.length > refused.length) {
    const why = { 'sign in': line.dataset.signIn, 'no network': line.dataset.noNetwork }[state] ?? '';
    parts.push(`${sentence(items.length - refused.length)} ${why}`.trim());
  }
  const text = line.querySelector('span');
  // Only when it changed: a screen reader says every change aloud.
  if (text.textContent !== parts.join(' ')) text.textContent = parts.join(' ');
  line.hidden = !parts.length;
  document.querySelectorAll('.waiting-refused').forEach((old) => old.remove());
  refused.forEach((item) => line.after(refusal(item, discard)));
}

function refusal(item, discard) {
  const shown = document.getElementById('waiting-refused').content.firstElementChild.cloneNode(true);
  shown.querySelector('span').textContent = Object.values(item.refused).flat().join(' ');
  const change = shown.querySelector('a');
  change.href = `${change.getAttribute('href')}#${item.id}`;
  // On the page of the change itself a link to the same place would do nothing.
  change.hidden = location.hash === `#${item.id}`;
  shown.querySelector('button').addEventListener('click', () => discard(item.id));
  return shown;
}
