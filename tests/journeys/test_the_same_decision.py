"""What a browser decides without a network is what the server decides: both, over and over."""

import hashlib
import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from playwright.sync_api import Page

from psoas.care.assessment import screening, walking
from psoas.content.questionnaires import questionnaire
from psoas.content.redflags import QuestionSet, questions
from psoas.scales.scoring import score
from tests import cast
from tests.care.assessment.test_screening import oracle

YES_NO = ("yes", "no", "not sure")
AGES = ("under-16", "16-17", "18-64", "65-or-older")
NIGHT = frozenset(f"RF{number:02}" for number in range(1, 12))
RANDOM = 10_000
# Every so manyth of the night sets is compared in everything, all of them in what they come to.
EVERY = 37
Answers = Mapping[str, str | Sequence[str]]

# The same walk in the browser. Every set is decided there from the answers it makes itself.
IN_THE_BROWSER = """async ([source, rules, quiet, step, count]) => {
  const s = await import(source);
  const yesNo = ['yes', 'no', 'not sure'];
  const words = ['no', 'not sure', 'yes'];
  const said = (a) => {
    const d = s.decide(rules, a);
    const rule = (r) => `${r.question}.${r.slug}=${r.disposition}${r.advice}${r.sources}${r.ck}`;
    const doors = rules.door.map((door) => d.doors[door.slug]);
    const next = ['full', 'again', 'night'].map((kind) => s.nextName(rules, a, kind) ?? '');
    const sure = s.isEmergencyAlready(rules, a);
    const flags = [d.complete, d.selfCare, sure].map(Number).join('');
    const lists = [d.reasons.map(rule), d.notes.map(rule), d.bans, d.limits, doors, next];
    return [d.disposition, flags, ...lists.map((each) => each.join(','))].join('|');
  };
  const values = (q) => {
    const slugs = (q.options ?? []).map((each) => each.slug);
    if (q.kind === 'features') return [...slugs.map((_, at) => slugs.slice(0, at)), slugs];
    return q.kind === 'choice' ? slugs : yesNo;
  };
  const named = (q) => [[q.slug, q], ...(q.follow_ups ?? []).map((f) => [`${q.slug}.${f.key}`, f])];
  const every = function* (names, answers = {}) {
    if (!names.length) { yield answers; return; }
    const [[name, q], ...rest] = names;
    for (const value of [undefined, ...values(q)]) {
      yield* every(rest, value === undefined ? answers : { ...answers, [name]: value });
    }
  };
  const night = function* () {
    const slugs = s.askedIn(rules, 'night').map((q) => q.slug).reverse();
    for (let code = 0; code < 3 ** slugs.length; code += 1) {
      let left = code;
      const answers = { ...quiet };
      for (const slug of slugs) { answers[slug] = words[left % 3]; left = (left - left % 3) / 3; }
      yield answers;
    }
  };
  const oneByOne = function* () {
    for (const q of s.all(rules)) {
      yield* every([['age', rules.age], ...named(q).filter(([name]) => name !== 'age')]);
    }
  };
  const drawn = function* () {
    let state = 4;
    const draw = (below) => {
      state = (state + 0x6D2B79F5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) % below;
    };
    for (let n = 0; n < count; n += 1) {
      const answers = {};
      for (const [name, q] of s.all(rules).flatMap(named)) {
        const offered = values(q);
        const at = draw(offered.length + 1);
        if (at < offered.length) answers[name] = offered[at];
      }
      yield answers;
    }
  };
  const hashed = async (sets) => {
    const lines = [...sets].map(said).join('\\n');
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines));
    return [...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, '0')).join('');
  };
  const letters = [];
  const some = [];
  for (const answers of night()) {
    if (letters.length % step === 0) some.push(answers);
    letters.push(s.decide(rules, answers).disposition);
  }
  return [letters.join(''), await hashed(some), await hashed(oneByOne()), await hashed(drawn())];
}"""


def said(rules: QuestionSet, answers: Answers) -> str:
    found = screening.decide(rules, answers)

    def rule(each: screening.Reason) -> str:
        sources = ",".join(each.sources)
        return f"{each.question}.{each.rule}={each.disposition}{each.advice}{sources}{each.ck}"

    flags = (found.complete, found.self_care, screening.is_emergency_already(rules, answers))
    kinds: tuple[screening.Kind, ...] = ("full", "again", "night")
    lists = (
        [rule(each) for each in found.reasons],
        [rule(each) for each in found.notes],
        found.bans,
        found.limits,
        [found.doors[each.slug] for each in rules.doors],
        [screening.next_name(rules, answers, kind) or "" for kind in kinds],
    )
    ones = "".join(str(int(each)) for each in flags)
    return "|".join([found.disposition, ones, *(",".join(each) for each in lists)])


def named(rules: QuestionSet) -> list[list[tuple[str, list[str | list[str]]]]]:
    """Of each question its name and those of its follow-ups, with what each can be answered."""
    found: list[list[tuple[str, list[str | list[str]]]]] = []
    for question in rules.all:
        names = [(question.slug, values(question.kind, [o.slug for o in question.options]))]
        for each in question.follow_ups:
            name = f"{question.slug}.{each.key}"
            names.append((name, values(each.kind, [o.slug for o in each.options])))
        found.append(names)
    return found


def values(kind: str, slugs: list[str]) -> list[str | list[str]]:
    if kind == "features":
        return [slugs[:count] for count in range(len(slugs) + 1)]
    return list(slugs) if kind == "choice" else list(YES_NO)


def one_by_one(rules: QuestionSet) -> Iterator[Answers]:
    for names in named(rules):
        put: list[tuple[str, list[str | list[str]]]] = [("age", [*AGES])]
        put += [each for each in names if each[0] != "age"]
        offers: list[list[str | list[str] | None]] = [[None, *offered] for _name, offered in put]
        for chosen in product(*offers):
            yield {n: v for (n, _), v in zip(put, chosen, strict=True) if v is not None}


def drawn(rules: QuestionSet) -> Iterator[Answers]:
    names = [each for question in named(rules) for each in question]
    state = 4
    for _ in range(RANDOM):
        answers: dict[str, str | Sequence[str]] = {}
        for name, offered in names:
            state = (state + 0x6D2B79F5) & 0xFFFFFFFF
            t = (state ^ state >> 15) * (1 | state) & 0xFFFFFFFF
            t ^= (t + ((t ^ t >> 7) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF
            at = (t ^ t >> 14) % (len(offered) + 1)
            if at < len(offered):
                answers[name] = offered[at]
        yield answers


def hashed(rules: QuestionSet, sets: Iterable[Answers]) -> tuple[int, str]:
    lines = [said(rules, answers) for answers in sets]
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_browser_decides_as_the_server_does(page: Page, address, capsys):
    cast.installation()
    rules = questions()
    page.goto(address("/help/"))
    began = time.monotonic()
    quiet = {n: v for n, v in walking.quiet(rules).items() if n[:4] not in NIGHT}
    given = [json.loads(rules.to_json()), quiet, EVERY, RANDOM]
    letters, *digests = page.evaluate(IN_THE_BROWSER, ["/static/js/screening.mjs", *given])
    in_browser = time.monotonic() - began
    # The engine is held to the same table over this walk in tests/care/assessment.
    assert "".join(map(oracle, walking.night_walk(rules))) == letters
    compared = [
        hashed(rules, islice(walking.night_walk(rules), 0, None, EVERY)),
        hashed(rules, one_by_one(rules)),
        hashed(rules, drawn(rules)),
    ]
    assert [digest for _count, digest in compared] == digests
    with capsys.disabled():
        print(
            f"\ndecided alike: {len(letters)} night sets, {compared[0][0]} of them to the letter; "
            f"{compared[1][0]} sets of one question, {compared[2][0]} at random; "
            f"browser {in_browser:.1f} s, both {time.monotonic() - began:.1f} s"
        )


MOOD_IN_THE_BROWSER = """async ([source, twos, nines, steps]) => {
  const m = await import(source);
  return [
    twos.map(m.opensNine), nines.map(m.opensStep), nines.map(m.thisWeek), steps.map(m.outcome),
  ];
}"""
HELP = {"emergency": "help-now", "same-day": "help-today"}
Given = list[tuple[int | None, ...]]


def test_the_browser_opens_the_step_and_asks_for_help_as_the_server_does(page: Page, address):
    cast.installation()
    page.goto(address("/now/shell/care/"))
    rng = random.Random(4)
    twos: Given = list(product((None, 0, 1, 2, 3), repeat=2))
    nines: Given = [tuple(rng.choice(PHQ) for _ in range(10)) for _ in range(2_000)]
    steps: Given = [
        each for each in product((None, 0, 1), repeat=5) if any(e != 0 for e in each[:4])
    ]
    steps.append((0, 0, 0, 0, None))
    there = page.evaluate(MOOD_IN_THE_BROWSER, ["/static/js/mood.mjs", twos, nines, steps])
    assert there == [
        ["phq-9" in follows("phq-2", each) for each in twos],
        ["suicide-step" in follows("phq-9", each) for each in nines],
        ["clinician-this-week" in follows("phq-9", each) for each in nines],
        [next((HELP[s] for s in follows("asq", e) if s in HELP), "support") for e in steps],
    ]


PHQ = (None, 0, 1, 2, 3, 3, 3, 3)


def follows(slug: str, answers: tuple[int | None, ...]) -> tuple[str, ...]:
    return score(questionnaire(slug), answers).steps
