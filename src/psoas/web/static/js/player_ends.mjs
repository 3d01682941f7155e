// Before and after: the numbers, what is in it, and where it went.
import * as asks from './player_asks.mjs';
import { element } from './asking.mjs';
import { flush, lastState } from './outbox.mjs';
import { keep } from './player_kept.mjs';
import * as queue from './queue.mjs';
import { can, choose, chosen } from './player_sound.mjs';

const root = document.getElementById('player');
const at = (id) => document.getElementById(`p-${id}`);
const NOBODY = '00000000-0000-0000-0000-000000000000';
// Above it nothing that loads is begun, and what was done rests.
export const HIGH = 5;

// With the hour where it is near: a day alone would promise too much.
function day(when) {
  const near = Math.abs(Date.parse(when) - Date.now()) < 2 * 24 * 3600000;
  const how = near ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'long' };
  return new Date(when).toLocaleString(document.documentElement.lang, { weekday: 'long', ...how });
}

const number = (value) => (value === 'unsure' || value === '' || value === null ? null : Number(value));

export function shut(only, why, routine) {
  only('shut');
  const shown = at('shut');
  const words = shown.dataset;
  shown.querySelector('[data-part=why]').textContent = { 'sign in': words.signIn }[why] ?? words[why] ?? words.check;
  const version = shown.querySelector('[data-part=version]');
  version.textContent = routine ? at('kept').dataset.offline.replace('%n', day(routine.made_at)).replace('%s', day(routine.expires_at)) : '';
  shown.querySelector('h1').focus();
}

// The number before, and which of the two. Resolves with nothing where it is left for today.
export async function before(only, { routine, offline }) {
  fill(routine, offline);
  for (;;) {
    only('before');
    const answer = await sent(at('before'), at('missing'), 'pain');
    const pain = number(answer.get('pain'));
    const short = answer.has('short');
    if (pain === null || pain <= HIGH || short || routine.gentle) return { pain, kind: short ? 'short' : 'routine' };
    at('before').hidden = true;
    const way = await asks.high();
    if (way === 'short') return { pain, kind: 'short' };
    if (way === 'leave') { location.assign(root.dataset.home); return null; }
  }
}

function fill(routine, offline) {
  const sum = at('sum');
  sum.textContent = sum.dataset.all.replace('%s', Math.round(routine.minutes)).replace('%n', routine.items.length);
  at('list').replaceChildren(...routine.items.map((item) => {
    const row = element('li', 'line');
    row.append(element('b', '', item.title), element('small', '', item.dose));
    row.append(...item.within.map((text) => element('small', '', text)));
    return row;
  }));
  at('notes').replaceChildren(...routine.notes.map((text) => element('li', '', text)));
  const { online, offline: without } = at('kept').dataset;
  at('kept').textContent = (offline ? without : online).replace('%n', day(routine.made_at)).replace('%s', day(routine.expires_at));
  at('awake').textContent = can.awake ? at('awake').dataset.yes : at('awake').dataset.no;
  at('short').hidden = !routine.short.length;
  for (const box of at('before').querySelectorAll('[role=switch]')) {
    box.checked = chosen()[box.name];
    box.closest('label').hidden = !can[box.name];
    box.onchange = () => { choose({ [box.name]: box.checked }); keep('choices', chosen()).catch(() => {}); };
  }
}

// Resolves with what a form says once it says what is needed.
function sent(form, missing, needed) {
  form.noValidate = true;
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const said = new FormData(form, event.submitter);
      const lacks = needed && !said.has(needed);
      if (missing) { missing.hidden = !lacks; if (lacks) missing.scrollIntoView({ block: 'center' }); }
      if (!lacks) resolve(said);
    };
  });
}

export async function after(only) {
  only('after');
  at('after').querySelector('h1').focus();
  const now = await sent(at('after'), at('missing-after'), 'pain');
  only('effort');
  at('effort').querySelector('h1').focus();
  const meanwhile = await sent(at('effort'));
  return { after: number(now.get('pain')), during: number(meanwhile.get('during')), effort: number(meanwhile.get('effort')) };
}

// Sent: the page that says what it comes to. Not sent: that it is safe here, and why.
export async function toldWhere(only, session) {
  await Promise.race([flush(), new Promise((resolve) => { setTimeout(resolve, 4000); })]);
  const item = await queue.find(session.id).catch(() => undefined);
  if (!item) { location.replace(root.dataset.after.replace(NOBODY, session.id)); return; }
  only('told');
  const { before: one, after: other } = session;
  const change = at('change');
  const known = one !== null && other !== null;
  change.textContent = !known ? '' : one === other ? change.dataset.same.replace('%s', one)
    : change.dataset.moved.replace('%n', one).replace('%s', other);
  at('high').hidden = !(Math.max(other ?? 0, session.during ?? 0) > HIGH);
  at('told').querySelector('h1').focus();
  state(session);
}

async function state(session) {
  const item = await queue.find(session.id).catch(() => undefined);
  if (!item) { location.replace(root.dataset.after.replace(NOBODY, session.id)); return; }
  const words = at('told').dataset;
  const text = item.refused ? words.refused : lastState() === 'sign in' ? words.signIn : words.waiting;
  if (at('state').textContent !== text) at('state').textContent = text;
  setTimeout(state, 1000, session);
}
