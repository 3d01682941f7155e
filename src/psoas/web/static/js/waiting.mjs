// The line under the header that says what is still on this device, in words from the page.
const line = document.getElementById('waiting');

const isEntry = (item) => (item.kind ?? 'moment') === 'moment';

const isSession = (item) => item.kind === 'session';

// What was answered is not counted: a few taps of one person may be several answers.
function sentence(items) {
  const { one, many, answers, session } = line.dataset;
  const count = items.filter(isEntry).length;
  const entries = count === 1 ? one : many.replace('%s', count);
  const others = items.some((item) => !isEntry(item) && !isSession(item));
  return [count && entries, items.some(isSession) && session, others && answers].filter(Boolean).join(' ');
}

// How long "Sent." stands: long enough to be read, and gone by itself.
const READ = 3000;
let saying;

export function show(items, state, discard, sent) {
  const refused = items.filter((item) => item.refused);
  const parts = [];
  if (items.length > refused.length) {
    const why = { 'sign in': line.dataset.signIn, 'no network': line.dataset.noNetwork }[state] ?? '';
    parts.push(`${sentence(items.filter((item) => !item.refused))} ${why}`.trim());
  }
  if (parts.length) {
    clearTimeout(saying);
    saying = undefined;
  } else if (sent) {
    saying = setTimeout(() => { saying = undefined; say(''); }, READ);
    parts.push(line.dataset.sent);
  }
  if (parts.length || !saying) say(parts.join(' '));
  document.querySelectorAll('.waiting-refused').forEach((old) => old.remove());
  refused.forEach((item) => line.after(refusal(item, discard)));
}

function say(words) {
  const text = line.querySelector('span');
  // Only when it changed: a screen reader says every change aloud.
  if (text.textContent !== words) text.textContent = words;
  line.hidden = !words;
}

function refusal(item, discard) {
  const shown = document.getElementById('waiting-refused').content.firstElementChild.cloneNode(true);
  shown.querySelector('span').textContent = Object.values(item.refused).flat().join(' ');
  const change = shown.querySelector('a');
  change.href = `${change.getAttribute('href')}#${item.id}`;
  // On the page of the change itself a link to the same place would do nothing, and answers
  // that were not accepted are given anew, not changed.
  change.hidden = location.hash === `#${item.id}` || !isEntry(item);
  shown.querySelector('button').addEventListener('click', () => discard(item.id));
  return shown;
}
