// The night set: what may be an emergency is asked before anything calming and before any way
// home. Decided here, on the device; the answers go to the outbox when the advice is on screen.
import { button } from './asking.mjs';
import { adviceOf, advised, askOne, decide, keep, load, tell, withTheRest } from './checking.mjs';
import { flush } from './outbox.mjs';

const section = document.getElementById('night');
const words = section.dataset;
const rows = [...section.querySelectorAll('.list button')];
const soFar = document.getElementById('night-so-far');
const none = document.getElementById('night-none');
// Asked for when the page opens, so that it is there before it is needed.
const loading = load(words.rules).catch(() => null);

let answers = {};
let round;

// That danger was asked about in this tab and nothing spoke against breathing, for half a day.
const HOURS = 12;
const MARK = 'asked';
// The same, and nothing spoke against moving the hip.
const MOVE = 'asked-move';
const held = () => { try { return sessionStorage; } catch { return null; } };
export function open(moving = false) {
  held()?.setItem(MARK, String(Date.now()));
  if (moving) held()?.setItem(MOVE, String(Date.now()));
  else shutMoving();
}
export function close() {
  held()?.removeItem(MARK);
  shutMoving();
}
// What was kept for moving goes with it: a session under way is not gone on with either.
function shutMoving() {
  held()?.removeItem(MOVE);
  import("./kept_rows.mjs").then(({ drop }) => drop('routine')).catch(() => {});
}
export const isOpen = (mark = MARK) => Date.now() - Number(held()?.getItem(mark) ?? 0) < HOURS * 3600000;
export const mayMove = () => isOpen(MOVE);

// Pointed at where the rules cannot be read: rather an ambulance too many.
const POINTED = { disposition: 'E', reasons: [], notes: [], limits: [], selfCare: true };

// Resolves when nothing speaks against going on. ``stage`` is where a question is put while
// ``page`` is out of sight.
export function night(stage, page) {
  answers = {};
  section.hidden = false;
  none.textContent = words.none;
  return new Promise((done) => {
    const back = () => {
      stage.hidden = true;
      page.hidden = false;
      document.body.classList.remove('danger');
      document.getElementById('night-title').focus();
    };
    const over = (moving) => { open(moving); back(); section.hidden = true; done(); };
    rows.forEach((row) => { row.onclick = () => { page.hidden = true; point(row, stage, back); }; });
    none.onclick = () => finish(stage, page, over);
  });
}

async function point(row, stage, back) {
  const loaded = await loading;
  const mistake = button(words.mistake, 'button-line', () => { forget(row.value); back(); });
  if (!loaded) { tell(stage, null, POINTED, [mistake]); return; }
  const { rules, digest } = loaded;
  const given = await askOne(stage, rules, row.value);
  forget(row.value);
  if (given) Object.assign(answers, given);
  mark(row, answers[row.value]);
  const decision = decide(rules, answers);
  if (decision.disposition === 'E') {
    close();
    tell(stage, rules, decision, [mistake]);
    round = await keep('night', digest, answers, round) ?? round;
    return;
  }
  await sayWhatStands(loaded, decision);
  back();
}

function forget(slug) {
  for (const name of Object.keys(answers)) if (name.split('.')[0] === slug) delete answers[name];
  mark(rows.find((row) => row.value === slug), undefined);
}

function mark(row, given) {
  const said = row.querySelector('small');
  said.textContent = { yes: words.yes, 'not sure': words.notSure }[given] ?? '';
  said.hidden = !said.textContent;
}

// What is known already does not wait for the rest: somebody may go now.
async function sayWhatStands({ rules, digest }, decision) {
  none.textContent = Object.keys(answers).length ? words.noneMore : words.none;
  soFar.hidden = decision.disposition !== 'S';
  if (soFar.hidden) return;
  const outcome = rules.outcome.find((each) => each.slug === 'S');
  soFar.querySelector('span').textContent = `${outcome.title}. ${adviceOf(decision.reasons[0])}`;
  round = await keep('night', digest, answers, round) ?? round;
}

async function finish(stage, page, done) {
  const loaded = await loading;
  if (!loaded) { done(); return; }
  const { rules, digest } = loaded;
  const full = withTheRest(rules, answers, 'night');
  const decision = decide(rules, full);
  const kept = keep('night', digest, full, round);
  if ('GM'.includes(decision.disposition)) { done(decision.doors.routine === 'yes'); return; }
  const read = button(words.read, 'button-wide', async () => { await advised(await kept); done(); });
  page.hidden = true;
  tell(stage, rules, decision, [read]);
}

// What is offered now stands behind the check on the server too: let its answers arrive first,
// if there is a way, and do not wait for it long.
export function afterSending(links) {
  links.forEach((link) => link.addEventListener('click', async (event) => {
    event.preventDefault();
    await Promise.race([flush(), new Promise((resolve) => { setTimeout(resolve, 1500); })]);
    location.assign(link.href);
  }));
}
