// Today's minutes from the first number to the last: what is asked, when it runs, what is kept.
// The session itself is plain data (player_session.mjs); each step of it lies on the device.
import * as asks from './player_asks.mjs';
import { HIGH, after, before, shut, toldWhere } from './player_ends.mjs';
import { drop, keep, recall } from './player_kept.mjs';
import { figures, today } from './player_routine.mjs';
import { Countdown } from './player_clock.mjs';
import { draw, spoken, stand, tick, whichTurn } from './player_screen.mjs';
import { READY, following, go, back, begin, isOld, isOver, item, leaveOut, next, stop, swap, told, turn } from './player_session.mjs';
import * as sound from './player_sound.mjs';
import { flush, put, waiting } from './outbox.mjs';
import { isNight } from './stamp.mjs';

const root = document.getElementById('player');
const words = root.dataset;
const at = (id) => document.getElementById(`p-${id}`);
const heading = at('place');
// Only in the shell that is kept for when there is no network.
const night = document.getElementById('night');
const stage = document.getElementById('stage');
const views = ['load', 'shut', 'before', 'go', 'after', 'effort', 'told'].map(at);
const pause = at('pause');
const said = at('said');

let session = null;
// When the server, or what is kept here, was asked last; and when the time ran last.
let asked = 0;
let ran = 0;
const LONG = 5 * 60000;
const only = (id) => {
  stage.hidden = true;
  views.forEach((view) => { view.hidden = view.id !== `p-${id}`; });
  document.body.classList.toggle('is-playing', id === 'go');
  if (!['go', 'none'].includes(id)) heading.textContent = words.heading;
  scrollTo(0, 0);
};

const clock = new Countdown({
  tick(left) {
    ran = Date.now();
    session = { ...session, left };
    tick(session);
  },
  over() { arrive(session.phase === 'ready' ? go(session) : next(session)); },
  slept: askAboutSleep,
});

// The next state: kept at once; told to the server where a turn came to its end.
function become(changed, { tell = false, byItself = true } = {}) {
  session = { ...changed, step: changed.step + 1 };
  if (!session.finished) keep('session', session).catch(() => {});
  if (tell) put(told(session), session.id, 'session').then(() => flush({ byItself }), () => {});
}

function arrive(changed) {
  const moved = changed.at !== session?.at;
  sound.bell(changed.phase === 'ready');
  become(changed, { tell: moved });
  if (isOver(session)) { finish(); return; }
  say(moved || session.phase === 'ready');
  run();
}

function say(isNew) {
  if (!isNew) return;
  const text = spoken(session);
  said.textContent = text;
  sound.speak(text);
}

async function run() {
  if ((isOld(session) || isLongAgo(Math.max(asked, ran))) && !(await mayGoOn())) return;
  only('go');
  pausing(false);
  draw(session);
  clock.run(session.left);
  sound.stayAwake(true);
}

function pausing(on) {
  pause.setAttribute('aria-pressed', String(on));
  pause.setAttribute('aria-label', on ? words.goOn : words.pause);
  document.body.classList.toggle('is-paused', on);
}

function hold() {
  clock.stop();
  stand();
  sound.hush();
  become(session);
}

function toggle() {
  if (!clock.runs) { sound.wake(); run(); return; }
  hold();
  pausing(true);
  sound.stayAwake(false);
  said.textContent = words.paused;
}

// Ask something in the middle of it; the time stands still until it was answered.
async function meanwhile(ask) {
  const ran = clock.runs;
  hold();
  at('go').hidden = true;
  const answer = await ask();
  only('go');
  pausing(!ran);
  return answer;
}

function resumeOr(answer, ways) {
  if (ways[answer]) ways[answer]();
  else run();
  pause.focus();
}

async function askAboutSleep(gone) {
  // Nothing had begun: it waits for whoever comes back.
  if (session.phase === 'ready') {
    become({ ...session, left: READY });
    draw(session);
    pausing(true);
    return;
  }
  const answer = await meanwhile(() => asks.slept(where(), gone));
  const again = () => arrive({ ...session, phase: 'ready', left: READY });
  resumeOr(answer, { yes: () => arrive(next(session)), no: again, end: finish });
}

const where = () => [item(session).title, whichTurn(session)].filter(Boolean).join(' · ');

async function askToSkip() {
  const answer = await meanwhile(() => asks.skip(where(), item(session).swaps.length > 0));
  const ways = { next: () => arrive(next(session, session.left)), swap: () => askToSwap(turn(session).item), back: run };
  resumeOr(answer, { ...ways, ...(answer in ways ? {} : { [answer]: () => arrive(leaveOut(session, answer)) }) });
}

async function askToSwap(which) {
  const { title, swaps } = session.items[which];
  const other = await meanwhile(() => asks.swap(title, swaps));
  if (other === 'back') { run(); return; }
  const here = turn(session).item === which;
  if (here) arrive(swap(session, which, other));
  else { become(swap(session, which, other)); run(); }
}

async function askWhatIsWrong() {
  const answer = await meanwhile(asks.wrong);
  if (answer.sign) { stopFor(answer); return; }
  resumeOr(answer, { skip: askToSkip, end: finish });
}

async function stopFor(sign) {
  const stopped = stop(session, sign);
  if (sign.route === 'help') {
    // Shown first; telling and keeping come after what may not wait.
    only('none');
    heading.textContent = words.heading;
    asks.help(sign);
    keep('stopped', session.id).catch(() => {});
    become({ ...stopped, finished: true }, { tell: true, byItself: false });
    sound.stayAwake(false);
    drop('session').catch(() => {});
    // The check asks again before anything else, also where there is no network.
    drop('routine').catch(() => {});
    if (night) import("./night.mjs").then(({ close: shutAll }) => shutAll());
    return;
  }
  only('none');
  const answer = await asks.stopped(sign);
  only('go');
  if (answer === 'mistake') { run(); return; }
  become(stopped, { tell: true, byItself: false });
  if (answer === 'end') finish();
  else if (sign.route === 'pain') arrive(leaveOut(session, 'hurts'));
  else run();
}

async function finish() {
  clock.stop();
  sound.stayAwake(false);
  become({ ...session, phase: 'after' });
  const answers = await after(only);
  become({ ...session, ...answers, finished: true }, { tell: true, byItself: false });
  await drop('session').catch(() => {});
  // What was too much is not begun again with the same dose: it comes anew from the server.
  if (session.stop || Math.max(session.after ?? 0, session.during ?? 0) > HIGH) await drop('routine').catch(() => {});
  await toldWhere(only, session);
}

// A session that cannot go on is told as it stands.
async function close(kept) {
  session = kept;
  become({ ...kept, finished: true });
  await put(told(session), session.id, 'session').catch(() => {});
  flush();
  await drop('session').catch(() => {});
  session = null;
}

// A clock that was set back is as good as a long time.
const isLongAgo = (when) => Math.abs(Date.now() - when) > LONG;

async function look() {
  const late = setTimeout(only, 400, 'load');
  const found = await today(words.today + location.search);
  clearTimeout(late);
  asked = Date.now();
  return found;
}

// What was taken out since is not gone on with, whenever it was put together.
async function isClosed(kept, found) {
  const changed = kept.turns.slice(kept.at).some((each) => !found.routine?.open.includes(kept.items[each.item].slug));
  if (!isOld(kept) && !changed && !found.shut) return false;
  await close(kept);
  if (!found.shut) { only('none'); await asks.old(isOld(kept) ? 'old' : 'changed'); }
  return true;
}

// After it stood still for long: asked once, however often somebody taps meanwhile.
let looking = null;
function mayGoOn() {
  looking ??= goOn().finally(() => { looking = null; });
  return looking;
}

async function goOn() {
  clock.stop();
  const found = await look();
  if (!(await isClosed(session, found))) return true;
  sound.stayAwake(false);
  if (found.shut) shut(only, found.shut, found.routine);
  else open();
  return false;
}

async function takeUp(kept, found) {
  if (await isClosed(kept, found)) return false;
  session = kept;
  only('none');
  const ended = isOver(kept) || kept.phase === 'after';
  if (await asks.resume(ended ? '' : where()) === 'no') { await close(kept); return false; }
  sound.wake();
  if (ended) finish();
  else run();
  return true;
}

async function open() {
  const [kept, found, chosen] = await Promise.all([recall('session').catch(() => undefined), look(), recall('choices').catch(() => undefined)]);
  if (chosen) sound.choose(chosen);
  if (await isUntold()) { shut(only, 'check'); return; }
  // Danger is asked about before going on as before beginning.
  if (kept && !found.shut && found.offline && !(await mayBegin())) {
    await close(kept);
    await drop('routine').catch(() => {});
    shut(only, 'closer');
    return;
  }
  if (kept && await takeUp(kept, found)) return;
  offer(found);
}

// It was stopped for a sign that leads to help, and the server has not heard of it: what it says
// is open would be of before.
async function isUntold() {
  const id = await recall('stopped').catch(() => undefined);
  if (!id) return false;
  await flush();
  const waits = (await waiting()).some((each) => each.id === id);
  if (!waits) await drop('stopped').catch(() => {});
  return waits;
}

// The form may lie open for days: what is begun is what is right when somebody taps Begin. Where
// that is another routine, it is shown first.
async function offer(found) {
  if (await isShut(found)) return;
  figures([...found.routine.items, ...found.routine.short]).catch(() => {});
  const answer = await before(only, found);
  if (!answer) return;
  sound.wake();
  const now = await look();
  if (await isShut(now)) return;
  if (now.routine.version !== found.routine.version) { offer(now); return; }
  arrive(begin(now.routine, answer.kind, answer.pain));
}

async function isShut(found) {
  let why = found.shut;
  if (!why && found.offline && !(await mayBegin())) {
    await drop('routine').catch(() => {});
    why = 'closer';
  }
  if (!why && !found.routine.items.length) why = 'nothing';
  if (why) shut(only, why, found.shut && found.routine);
  return Boolean(why);
}

// Without a network danger is asked about first, here as before breath. A page the server gave
// has been through its gate just now.
async function mayBegin() {
  if (!night) return true;
  const [{ mayMove, night: askForDanger }, { helpFirst }] = await Promise.all([import("./night.mjs"), import("./mood.mjs")]);
  if (helpFirst()) return false;
  if (mayMove()) return true;
  only('none');
  const page = document.getElementById('before-moving');
  page.hidden = false;
  await askForDanger(stage, page);
  page.hidden = true;
  return mayMove();
}

pause.addEventListener('click', toggle);
at('back').addEventListener('click', () => arrive(back(session)));
at('skip').addEventListener('click', askToSkip);
at('done').addEventListener('click', () => arrive(next(session)));
at('wrong').addEventListener('click', askWhatIsWrong);
at('swap').addEventListener('click', () => askToSwap(session.items.indexOf(following(session))));

addEventListener('keydown', (event) => {
  if (at('go').hidden || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
  const onButton = event.target.closest('button, a, input, summary');
  if (event.key === 'Escape') { if (clock.runs) toggle(); return; }
  const way = { ' ': onButton ? null : toggle, ArrowLeft: () => arrive(back(session)), ArrowRight: askToSkip }[event.key];
  if (!way) return;
  event.preventDefault();
  way();
});

// Closed or put away in the middle: as far as it got.
addEventListener('pagehide', () => { if (session && !session.finished) keep('session', session).catch(() => {}); });
document.addEventListener('visibilitychange', () => {
  if (document.hidden && session && !session.finished) keep('session', session).catch(() => {});
  // Back in sight and still running: what has been decided elsewhere meanwhile is asked for.
  if (!document.hidden && clock.runs && isLongAgo(asked)) mayGoOn().then((goes) => { if (goes) run(); });
});

if (document.body.classList.contains('is-shell') && isNight()) document.documentElement.dataset.theme = 'dark';
root.hidden = false;
document.getElementById('plain')?.remove();
open();
