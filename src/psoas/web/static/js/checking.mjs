// The safety check on the screen of a device that may have no network: asks, decides by
// screening.mjs, and shows the advice before anything is kept or sent.
import { citations, clone, element, parts, put as say, show, walk } from './asking.mjs';
import { lines } from './lines.mjs';
import { flush, put } from './outbox.mjs';
import * as queue from './queue.mjs';
import { all, decide, isEmergencyAlready, nextName, openName } from './screening.mjs';
import { stamp } from './stamp.mjs';

// The rule file under an address that names its hash: the same rules, to the letter, are what
// the answers are sent with.
export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return { rules: await answer.json(), digest: new URL(address, location.href).searchParams.get('v') };
}

const find = (rules, name) => all(rules).find((each) => each.slug === name.split('.')[0]);

function worded(rules, name, step) {
  const question = find(rules, name);
  const key = name.split('.')[1];
  const asked = key ? question.follow_ups.find((each) => each.key === key) : question;
  const { why, sources, ck } = question;
  const options = asked.options?.map(({ slug, label }) => [slug, label]);
  return { name, step, ask: asked.ask, hint: asked.hint, options, many: asked.kind === 'features', why, sources, ck };
}

// One question of a list and what is asked after it; null when the person went back.
export async function askOne(stage, rules, slug) {
  const said = await walk(stage, (given) => {
    const name = openName(find(rules, slug), Object.fromEntries(given));
    return name && worded(rules, name);
  });
  return said && Object.fromEntries(said);
}

// All of it; an emergency ends it at once.
export async function askAll(stage, rules, step) {
  const said = await walk(stage, (given) => {
    const answers = Object.fromEntries(given);
    const name = isEmergencyAlready(rules, answers) ? null : nextName(rules, answers);
    return name && worded(rules, name, step.replace('%s', given.size + 1));
  });
  return said && Object.fromEntries(said);
}

// "None of these" is a no to all that was not opened, and to what would be asked after it.
export function withTheRest(rules, answers, kind) {
  const full = { ...answers };
  if (isEmergencyAlready(rules, full)) return full;
  for (let name = nextName(rules, full, kind); name; name = nextName(rules, full, kind)) full[name] = 'no';
  return full;
}

// What the answers come to. Without the rules, which only a device that never kept them can be,
// a danger somebody pointed at is an emergency.
export function tell(stage, rules, decision, ways = []) {
  const urgent = decision.disposition === 'E';
  const shown = clone(urgent ? 'emergency' : 'advice');
  const part = parts(shown);
  const outcome = rules?.outcome.find((each) => each.slug === decision.disposition) ?? shown.dataset;
  say(part('title'), outcome.title);
  say(part('text'), decision.selfCare ? outcome.text : '');
  part('reasons').replaceChildren(...[...decision.reasons, ...decision.notes].map((each) => reason(shown, rules, each)));
  const labels = decision.limits.map((slug) => rules.limit.find((each) => each.slug === slug).label);
  part('limits')?.replaceChildren(...labels.map((label) => element('li', '', label)));
  if ('ES'.includes(decision.disposition)) part('numbers').append(lines('emergency'));
  part('ways').replaceChildren(...ways);
  shown.querySelectorAll('[data-part]:empty').forEach((empty) => { empty.hidden = true; });
  document.body.classList.toggle('danger', urgent);
  show(stage, shown);
}

// What a rule says belongs to a yes. Under "not sure" it counts less, and says only that.
export function adviceOf({ rule, disposition, advice }) {
  const counted = !rule || rule.then === disposition;
  return counted ? advice : document.getElementById('advice').content.firstElementChild.dataset.unsure;
}

function reason(shown, rules, each) {
  const { question, sources, ck } = each;
  const item = element('li', 'stack tight');
  const folded = citations(clone('sources'), sources, ck);
  const short = rules ? find(rules, question).short : '';
  item.append(...(short ? [element('b', '', short)] : []), element('p', '', adviceOf(each)), ...(rules ? [folded] : []));
  return item;
}

// Keep a round for sending; the same round again as long as it has not left the device. Without
// somebody to keep it for, the advice was still shown: false.
export async function keep(kind, digest, answers, id = '') {
  const earlier = await queue.find(id).catch(() => undefined);
  const key = earlier?.tries === 0 ? id : crypto.randomUUID();
  try {
    await put({ kind, digest, answers, at: stamp(new Date()) }, key, 'check');
  } catch {
    return null;
  }
  flush();
  return key;
}

// The advice of a round was read: that opens what waits for it.
export async function advised(check) {
  if (check) await put({ check }, undefined, 'advised').then(() => flush(), () => {});
}

export { decide };
