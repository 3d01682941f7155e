// How somebody feels, and the suicide step, on a device that may have no network. The rules are
// those of care/assessment and scales: what an answer asks for comes at once, before any score,
// and an answer left out of the step counts as yes.
import { clone, parts, show, walk } from './asking.mjs';
import { lines } from './lines.mjs';
import { flush, put } from './outbox.mjs';
import { stamp } from './stamp.mjs';

const STEP_AT = 9;
const sum = (answers) => answers.reduce((total, each) => total + (each ?? 0), 0);

// From 2 on the nine follow; they are the door to the ninth.
export const opensNine = (two) => sum(two) >= 2;
export const opensStep = (nine) => nine[STEP_AT - 1] !== 0;

export function thisWeek(answers) {
  const nine = answers.slice(0, 9);
  const there = nine.filter((each) => each !== null);
  const known = sum(nine);
  const total = nine[STEP_AT - 1] === null || there.length < 7 ? known : known * 9 / there.length;
  return total >= 20;
}

export function outcome(step) {
  const no = step.map((each) => each === 0);
  if (no.slice(0, 4).every(Boolean)) return 'support';
  return no[4] ? 'help-today' : 'help-now';
}

// Thoughts of doing it now stand until the step is answered again: help comes first in this tab.
const MARK = 'first';
const held = () => { try { return sessionStorage; } catch { return null; } };
export const helpFirst = () => held()?.getItem(MARK) === '1';
const stands = (now) => (now ? held()?.setItem(MARK, '1') : held()?.removeItem(MARK));

let loading;
const load = (address) => {
  loading ??= fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(address))));
  loading.catch(() => { loading = undefined; });
  return loading;
};

// Answers of one questionnaire, in the order of its items; what was not asked is null.
function keep(questions, slug, answers, dropped) {
  const given = questions[slug].items.map((_, at) => answers[at] ?? null);
  // Nothing answered is nothing to keep; of the step, it is an answer.
  if (dropped || (slug !== 'asq' && given.every((each) => each === null))) return;
  const body = { slug, digest: questions[slug].digest, answers: given, at: stamp(new Date()) };
  put(body, undefined, 'reply').then(() => flush(), () => {});
}

function worded(questions, slug, number) {
  const words = document.getElementById('begin').content.firstElementChild.dataset;
  const asq = slug === 'asq';
  const { notice, items } = questions[slug];
  const { lead, ask, hint, options } = items[number - 1];
  const say = document.getElementById('asking').content.firstElementChild.dataset;
  return {
    name: number,
    step: number > STEP_AT ? words.more : words.step.replace('%s', number),
    lead: asq && number === 1 ? words.why : lead,
    ask,
    hint,
    options: options.length ? options : [[1, say.yes], [0, say.no]],
    notice,
    skip: asq ? words.skipAsYes : words.skip,
  };
}

// Ask items by number; ``stop`` says, from the answers so far, that it is over early.
async function answers(stage, questions, slug, numbers, given = [], stop = () => false) {
  const said = await walk(stage, (sofar) => {
    const number = numbers[sofar.size];
    const now = list(sofar, given);
    return number === undefined || stop(now, number) ? null : worded(questions, slug, number);
  });
  return said && list(said, given);
}

function list(said, given) {
  const all = [...given];
  said.forEach((value, number) => { all[number - 1] = value; });
  return all;
}

function view(stage, name, { back, numbers } = {}) {
  const shown = clone(name);
  const part = parts(shown);
  if (numbers) part('numbers').append(lines(numbers));
  part('back')?.addEventListener('click', back);
  document.body.classList.remove('danger');
  show(stage, shown);
  return part;
}

// The crisis card at once, and the step for whoever wants to know what fits.
export function thoughts(stage, address, back) {
  const part = view(stage, 'thoughts', { back, numbers: 'all' });
  load(address).catch(() => { part('questions').hidden = true; });
  part('go').addEventListener('click', async () => {
    const dropped = part('drop').checked;
    await step(stage, await load(address), dropped, back, { out: () => thoughts(stage, address, back) });
  });
}

// Back out of its first question where it was asked for; the step that an answer opened is not
// left that way: leaving it is what counts as yes.
async function step(stage, questions, dropped, done, { out, nine } = {}) {
  const given = await answers(stage, questions, 'asq', [1, 2, 3, 4, 5], [], (now, number) => number === 5 && now.slice(0, 4).every((each) => each === 0));
  if (!given && out) { out(); return; }
  const all = [0, 1, 2, 3, 4].map((at) => given?.[at] ?? null);
  const found = outcome(all);
  stands(found === 'help-now');
  const part = view(stage, found, { back: done, numbers: found === 'support' ? undefined : 'all' });
  // Only where nothing asks for help first is it said what the nine asked for.
  if (found === 'support') part('week').hidden = !(nine && thisWeek(nine));
  keep(questions, 'asq', all, dropped);
}

export function mood(stage, address, back) {
  const part = view(stage, 'begin', { back });
  part('go').addEventListener('click', async () => {
    const dropped = part('drop').checked;
    const questions = await load(address);
    const again = () => mood(stage, address, back);
    const two = await answers(stage, questions, 'phq-2', [1, 2]);
    if (!two) { again(); return; }
    keep(questions, 'phq-2', two, dropped);
    if (!opensNine(two)) { thanks(stage, two, dropped, back); return; }
    const nine = await rest(stage, questions, two, again);
    if (!nine) return;
    keep(questions, 'phq-9', nine, dropped);
    if (opensStep(nine)) await step(stage, questions, dropped, back, { nine });
    else thanks(stage, nine, dropped, back);
  });
}

// The other seven and how hard it makes things; the ninth, where it asks for the step, ends it.
async function rest(stage, questions, two, again) {
  const nine = await answers(stage, questions, 'phq-9', [3, 4, 5, 6, 7, 8, 9, 10], two, (now, number) => number > STEP_AT && opensStep(now));
  if (!nine) again();
  return nine;
}

function thanks(stage, given, dropped, back) {
  const part = view(stage, 'answered', { back });
  part('week').hidden = !(given.length > 2 && thisWeek(given));
  part('kept').hidden = dropped;
  part('dropped').hidden = !dropped;
}

