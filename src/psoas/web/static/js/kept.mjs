// The shell of Care: what opens without a network, by the address that was asked for.
import { button } from './asking.mjs';
import { advised, askAll, decide, keep, load, tell } from './checking.mjs';
import { helpFirst, mood, thoughts } from './mood.mjs';
import { isOpen, night, open, close } from './night.mjs';
import { ownerHere } from './outbox.mjs';
import { drop } from './kept_rows.mjs';
import { isNight } from './stamp.mjs';

const stage = document.getElementById('stage');
const rooms = document.getElementById('rooms');
const words = rooms.dataset;
const views = ['rooms', 'before', 'breath', 'position', 'stage'].map((id) => document.getElementById(id));

function only(id) {
  document.body.classList.remove('danger');
  views.forEach((view) => { view.hidden = view.id !== id; });
  scrollTo(0, 0);
}

function home() {
  only('rooms');
  rooms.querySelector('h1').focus();
}

async function check() {
  only('stage');
  const { rules, digest } = await load(words.rules);
  const answers = await askAll(stage, rules, words.step);
  if (!answers) { home(); return; }
  const decision = decide(rules, answers);
  const kept = keep('full', digest, answers);
  if (decision.doors.breath === 'yes') open(decision.doors.routine === 'yes');
  else close();
  // Put together before this was known, whatever it says: with a network they are put together anew.
  drop('routine').catch(() => {});
  const done = button(words.done, 'button-quiet button-wide', home);
  const read = button(words.read, 'button-wide', async () => { open(); await advised(await kept); home(); });
  const again = button(words.mistake, 'button-line', check);
  tell(stage, rules, decision, [{ E: again, S: read }[decision.disposition] ?? done]);
}

// Nothing calming before the danger was asked about, without a network either.
async function calm(id) {
  if (helpFirst()) { asked('thoughts'); return; }
  if (!isOpen()) {
    only('before');
    await night(stage, document.getElementById('before'));
  }
  only(id);
}

const ask = { thoughts: () => thoughts(stage, words.questions, home), mood: () => mood(stage, words.questions, home) };
function asked(name) {
  only('stage');
  ask[name]();
}

// Addresses of this page by what they end in, since the rooms have addresses of their own.
function start() {
  const at = (href) => new URL(href, location.href).pathname;
  const [, safety, breath, position, questions] = [...rooms.querySelectorAll('a')].map((link) => at(link.href));
  const path = location.pathname;
  if (path.startsWith(position)) calm('position');
  else if (path.startsWith(breath)) calm('breath');
  else if (path.startsWith(safety)) check();
  else if (path.startsWith(questions)) asked('mood');
  else if (path === at(document.querySelector('.help').href) || location.hash === '#thoughts') asked('thoughts');
}

document.querySelectorAll('[data-thoughts]').forEach((link) => link.addEventListener('click', (event) => {
  event.preventDefault();
  asked('thoughts');
}));
// The shell was kept long ago and does not know the hour.
if (isNight()) document.documentElement.dataset.theme = 'dark';
start();
ownerHere().catch(() => null).then((owner) => { document.getElementById('no-owner').hidden = Boolean(owner); });
