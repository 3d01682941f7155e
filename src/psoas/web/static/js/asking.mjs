// One question at a time, drawn from the templates of the page. What is asked, and what answers
// come to, is not decided here.
export const BACK = Symbol('back');

export const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
export const parts = (shown) => (name) => shown.querySelector(`[data-part=${name}]`);

export function put(part, text) {
  part.textContent = text ?? '';
  part.hidden = !text;
}

export function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

export function button(text, kind, act) {
  const made = element('button', `button ${kind}`, text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

// Put it on the screen, and the reader's attention at its start, unless the page just opened.
export function show(stage, shown) {
  const moved = stage.hidden || stage.childElementCount;
  stage.replaceChildren(shown);
  stage.hidden = false;
  scrollTo(0, 0);
  if (moved) shown.querySelector('[tabindex="-1"]').focus();
}

// Fold the sources of a sentence under it.
export function citations(folded, sources = [], ck = '') {
  const list = folded.querySelector('ul');
  const said = { all: folded.dataset.all, part: folded.dataset.some }[ck];
  list.replaceChildren(...[...sources, said].filter(Boolean).map((text) => element('li', '', text)));
  return folded;
}

// Ask one question; resolves with the value chosen, or BACK. ``options`` are [value, label];
// without them it is yes, no, not sure. ``many``: any number of them.
export function ask(stage, { step, lead, ask: words, hint, options, many, why, sources, ck, skip, notice }) {
  const shown = clone('asking');
  const part = parts(shown);
  const say = shown.dataset;
  Object.entries({ step, lead, ask: words, hint, reason: why, notice }).forEach(([name, text]) => put(part(name), text));
  part('why').hidden = !why;
  citations(part('why'), sources, ck);
  const choices = options ?? [['yes', say.yes], ['no', say.no], ['not sure', say.notSure]];
  return new Promise((resolve) => {
    part('back').addEventListener('click', () => resolve(BACK));
    part('choices').append(...(many ? ticks(choices, say.next, resolve)
      : choices.map(([value, label]) => button(label, 'button-quiet button-wide', () => resolve(value)))));
    if (skip) part('choices').append(button(skip, 'button-text button-wide', () => resolve(null)));
    show(stage, shown);
  });
}

function ticks(choices, next, resolve) {
  const chips = element('div', 'chips');
  chips.append(...choices.map(([value, label]) => {
    const chip = element('label', 'chip');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.value = value;
    chip.append(box, label);
    return chip;
  }));
  const chosen = () => [...chips.querySelectorAll(':checked')].map((box) => box.value);
  return [chips, button(next, 'button-wide', () => resolve(chosen()))];
}

// Ask what ``next`` names, one after the other, until it names nothing: the answers by name in
// the order given. Back goes to the question before; from the first one out, with null.
export async function walk(stage, next) {
  const said = new Map();
  for (;;) {
    const question = next(said);
    if (!question) return said;
    const value = await ask(stage, question);
    if (value !== BACK) said.set(question.name, value);
    else if (said.size) said.delete([...said.keys()].at(-1));
    else return null;
  }
}
