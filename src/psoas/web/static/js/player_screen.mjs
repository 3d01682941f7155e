// Draws the turn that is under way: bars, figure, ring, words, what comes next.
import { figure } from './player_routine.mjs';
import { hold, show, still } from './player_figure.mjs';
import { following, item, place, secondsLeft, turn } from './player_session.mjs';

const root = document.getElementById('player');
const words = root.dataset;
const at = (id) => document.getElementById(`p-${id}`);
const [bars, picture, ring, arc, count, side, title, cue, within, next, thumb, much, coming, swap] = [
  'bars', 'figure', 'ring', 'arc', 'count', 'side', 'title', 'cue', 'within', 'next', 'thumb', 'much', 'coming', 'swap',
].map(at);
const heading = document.getElementById('p-place');

const put = (part, text) => { if (part.textContent !== text) part.textContent = text; };
export const sided = ({ side: which }) => ({ left: words.left, right: words.right }[which] ?? '');

// "Left side · 2 of 2", and for what has no side how much of it.
export function whichTurn(session) {
  const now = turn(session);
  const nth = now.of > 1 ? words.turns.replace('%n', now.n).replace('%s', now.of) : '';
  return [sided(now) || (now.of > 1 ? '' : item(session).dose), nth].filter(Boolean).join(' · ');
}

// What is said aloud when a turn comes: not each second.
export function spoken(session) {
  const now = turn(session);
  const amount = now.kind === 'hold' ? words.seconds.replace('%s', now.seconds) : item(session).dose;
  return [item(session).title, whichTurn(session), amount].filter((each, n, all) => each && all.indexOf(each) === n).join('. ');
}

export function draw(session) {
  const now = turn(session);
  const it = item(session);
  drawBars(session);
  const ready = session.phase === 'ready';
  at('go').classList.toggle('is-ready', ready);
  put(side, [ready ? words.ready : '', whichTurn(session)].filter(Boolean).join(' · '));
  put(title, it.title);
  put(cue, it.cue);
  put(within, it.within.join(' '));
  within.hidden = !it.within.length;
  at('done').hidden = ready || now.kind !== 'reps';
  drawNext(session);
  drawFigure(session);
  tick(session);
}

export function tick(session) {
  const { left } = session;
  const now = turn(session);
  const whole = session.phase === 'ready' ? 5 : now.seconds;
  arc.setAttribute('stroke-dashoffset', String(Math.round(1000 - 1000 * Math.min(1, left / (whole * 1000))) / 10));
  put(count, session.phase === 'ready' ? String(Math.ceil(left / 1000)) : shown(now, left));
  count.classList.toggle('is-word', !/^\d{1,2}$/.test(count.textContent));
  const minutes = Math.ceil(secondsLeft(session) / 60);
  const { nth, of } = place(session);
  put(heading, `${words.place.replace('%n', nth).replace('%s', of)} · ${minutes > 1 ? words.minutes.replace('%s', minutes) : words.last}`);
  const filled = bars.children[nth - 1]?.firstElementChild;
  filled?.style.setProperty('inline-size', `${Math.round(100 * part(session))}%`);
  ring.setAttribute('aria-label', `${it(session)}: ${Math.ceil(left / 1000)}`);
}

const it = (session) => [item(session).title, whichTurn(session)].join(', ');

function shown({ kind, seconds, rhythm, count: many }, left) {
  const gone = seconds - left / 1000;
  if (kind === 'reps') return String(Math.min(many, Math.floor(gone / (seconds / many)) + 1));
  if (kind === 'breaths') return words[rhythm.find(([until]) => (gone / (seconds / many)) % 1 < until)[1]];
  const rest = Math.ceil(left / 1000);
  return rest < 100 ? String(rest) : `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`;
}

function part(session) {
  const now = turn(session);
  const within = session.phase === 'go' ? 1 - session.left / (now.seconds * 1000) : 0;
  return (now.n - 1 + within) / now.of;
}

function drawBars(session) {
  const { nth, of } = place(session);
  if (bars.childElementCount !== of) {
    bars.replaceChildren(...Array.from({ length: of }, () => {
      const bar = document.createElement('span');
      bar.append(document.createElement('i'));
      return bar;
    }));
  }
  [...bars.children].forEach((bar, n) => {
    bar.classList.toggle('is-now', n === nth - 1);
    bar.firstElementChild.style.setProperty('inline-size', n < nth - 1 ? '100%' : '0%');
  });
}

function drawNext(session) {
  const here = session.turns[session.at + 1];
  const other = following(session);
  const same = here && here.item === turn(session).item;
  const nth = same ? words.turns.replace('%n', here.n).replace('%s', here.of) : other?.dose;
  put(coming, same ? sided(here) || item(session).title : other ? other.title : words.finish);
  put(much, nth ? ` · ${nth}` : '');
  swap.hidden = same || !other?.swaps.length;
  const from = same ? item(session) : other;
  next.classList.toggle('is-bare', !from);
  if (!from) thumb.replaceChildren();
  else fill(thumb, from, same ? here.side : firstSide(session, other), still);
}

const firstSide = (session, other) => session.turns.find((each) => session.items[each.item] === other)?.side;

function drawFigure(session) {
  const now = turn(session);
  picture.setAttribute('aria-label', it(session));
  fill(picture, item(session), now.side, (box, drawn) => show(box, drawn, { ...now, runs: session.phase === 'go', left: session.left }));
}

export const stand = () => hold(picture);

// Which figure was asked for last: one that comes late must not take the place of another.
const wanted = new WeakMap();
async function fill(box, from, which, how) {
  const address = from.figures[which ?? 'none'];
  if (wanted.get(box) === address && box.childElementCount && how === still) return;
  wanted.set(box, address);
  const drawn = address && await figure(address);
  if (wanted.get(box) !== address) return;
  if (drawn) how(box, drawn);
  else box.replaceChildren();
}
