// The safety check decided without a network: care/assessment/screening.py said again, name for
// name, on the same rule file. tests/journeys/test_the_same_decision.py holds the two equal.
const DISPOSITIONS = ['G', 'M', 'C', 'S', 'E'];
const WORDS = ['yes', 'with limits', 'after advice', 'no'];
const [NOT, PERHAPS, SURELY] = [0, 1, 2];
const CONDITION = /^(age|RF\d\d(?:\.[a-z-]+)?)(?:(>=|<|=)([a-z0-9-]+))?$/;
const YES = 'yes';
const NO = 'no';
const NOT_SURE = 'not sure';

const rank = (disposition) => DISPOSITIONS.indexOf(disposition);
const higher = (one, other) => (rank(one) >= rank(other) ? one : other);

export const all = (rules) => [rules.age, ...rules.question];

const read = new Map();
function conditionOf(text) {
  if (!read.has(text)) {
    const [, name, how = 'yes', what] = CONDITION.exec(text);
    read.set(text, { name, key: name.split('.')[1], how, what: /^\d+$/.test(what) ? Number(what) : what });
  }
  return read.get(text);
}

export function decide(rules, answers) {
  const found = [];
  for (const question of all(rules)) {
    if (!isFor(question, answers)) continue;
    for (const rule of question.rules) {
      const disposition = level(question, rule, answers);
      if (disposition) found.push({ rule, question: question.slug, slug: rule.slug, disposition, advice: rule.advice, sources: question.sources, ck: question.ck ?? '' });
    }
  }
  const disposition = found.map((each) => each.disposition).reduce(higher, 'G');
  const selfCare = !found.some(({ rule }) => rule.closes);
  const named = new Set(found.flatMap(({ rule }) => rule.limits ?? []));
  return {
    disposition,
    complete: nextName(rules, answers) === null,
    reasons: found.filter((each) => each.disposition !== 'G').sort((a, b) => rank(b.disposition) - rank(a.disposition)),
    notes: found.filter((each) => each.disposition === 'G'),
    bans: [...new Set(found.flatMap(({ rule }) => rule.bans ?? []))].sort(),
    limits: rules.limit.map((each) => each.slug).filter((slug) => named.has(slug)),
    selfCare,
    doors: Object.fromEntries(rules.door.map((door) => [door.slug, strictest(door[disposition], selfCare ? 'yes' : door.closed)])),
  };
}

// The name of what is asked next, or null where nothing is left.
export function nextName(rules, answers, kind = 'full') {
  for (const question of askedIn(rules, kind)) {
    if (!isFor(question, answers)) continue;
    const name = openName(question, answers);
    if (name) return name;
  }
  return null;
}

// The same within one question.
export function openName(question, answers) {
  if (!(question.slug in answers)) return question.slug;
  const open = (question.follow_ups ?? []).find((each) => isDue(question, each, answers) && !(`${question.slug}.${each.key}` in answers));
  return open ? `${question.slug}.${open.key}` : null;
}

export function askedIn(rules, kind) {
  return kind === 'full' ? all(rules) : rules.question.filter((each) => each[kind]);
}

const isFor = (question, answers) => !question.ages?.length || !('age' in answers) || question.ages.includes(answers.age);

function isDue(question, followUp, answers) {
  const given = answers[question.slug];
  return followUp.after === NO ? given === NO : [YES, NOT_SURE].includes(given);
}

// Whether it is an emergency already, without counting what is still open.
export function isEmergencyAlready(rules, answers) {
  return all(rules).some((question) => isFor(question, answers) && question.slug in answers
    && question.rules.some((rule) => rule.then === 'E' && rule.when.map(conditionOf).every(
      (each) => holds(question, each, answers) === SURELY && each.name in answers)));
}

function level(question, rule, answers) {
  let weakest = SURELY;
  for (const text of rule.when) {
    weakest = Math.min(weakest, holds(question, conditionOf(text), answers));
    if (weakest === NOT) return null;
  }
  if (weakest === SURELY) return rule.then;
  const lowered = DISPOSITIONS[Math.max(rank(rule.then) - 1, Math.min(rank(rule.then), rank('M')))];
  return question.emergency && rule.then !== 'G' ? higher(lowered, 'C') : lowered;
}

function holds(question, condition, answers) {
  const given = answers[condition.name];
  if (!condition.key) return answered(condition, given);
  const followUp = question.follow_ups.find((each) => each.key === condition.key);
  if (!isDue(question, followUp, answers)) return NOT;
  // What was not answered counts as a yes; a remark needs an answer to remark on.
  if (given === undefined) return condition.how === '<' ? NOT : SURELY;
  return answered(condition, given);
}

function answered({ how, what }, given) {
  if (how === 'yes') return given === YES ? SURELY : given === NOT_SURE ? PERHAPS : NOT;
  if (typeof what !== 'number') return given === what ? SURELY : NOT;
  const count = Array.isArray(given) ? given.length : 0;
  const met = how === '=' ? count === what : how === '<' ? count < what : count >= what;
  return met ? SURELY : NOT;
}

const strictest = (...words) => words.sort((a, b) => WORDS.indexOf(b) - WORDS.indexOf(a))[0];
