// What is asked while the time stands still. Each resolves with what was chosen.
import { button, clone, element, parts, put, show } from './asking.mjs';
import { lines } from './lines.mjs';

const stage = document.getElementById('stage');

// Fill a question's ways with [value, kind of button]; resolves with the value.
function asked(id, ways, prepare = () => {}) {
  const shown = clone(id);
  const part = parts(shown);
  return new Promise((resolve) => {
    const choose = (value) => { stage.hidden = true; stage.replaceChildren(); document.body.classList.remove('danger'); resolve(value); };
    const row = part('ways');
    row.append(...ways.map(([value, kind]) => button(row.dataset[value], `${kind} button-wide`, () => choose(value))));
    prepare(part, choose, shown);
    show(stage, shown);
  });
}

export const resume = (where) => asked('ask-resume', [['yes', ''], ['no', 'button-quiet']], (part) => put(part('where'), where));
export const old = (why) => asked('ask-old', [['yes', '']], (part) => put(part('why'), part('why').dataset[why]));
export const high = () => asked('ask-high', [['leave', ''], ['short', 'button-quiet'], ['back', 'button-text']]);

export const slept = (where, gone) => asked('ask-slept', [['yes', ''], ['no', 'button-quiet'], ['end', 'button-text']], (part) => {
  put(part('where'), where);
  put(part('gone'), part('gone').dataset.minutes.replace('%s', Math.max(1, Math.round(gone / 60000))));
});

export const skip = (where, canSwap) => asked('ask-skip', [['next', ''], ...(canSwap ? [['swap', 'button-quiet']] : []), ['back', 'button-text']], (part, choose) => {
  put(part('where'), where);
  const reasons = part('reasons');
  const names = { hurts: 'hurts', tooHard: 'too-hard', noTime: 'no-time', noThings: 'no-things', notToday: 'not-today' };
  reasons.append(...Object.entries(names).map(([key, value]) => button(reasons.dataset[key], 'button-quiet button-wide', () => choose(value))));
});

// Resolves with one of ``others``, or with 'back'.
export const swap = (name, others) => asked('ask-swap', [['back', others.length ? 'button-text' : '']], (part, choose) => {
  put(part('instead'), part('instead').dataset.of.replace('%s', name));
  part('none').hidden = others.length > 0;
  part('ways').prepend(...others.map((other) => {
    const made = button('', 'button-quiet button-wide', () => choose(other));
    made.append(other.title, element('small', '', other.dose));
    return made;
  }));
});

// Something is wrong: which sign, or on with it.
export const wrong = () => asked('ask-wrong', [['back', ''], ['skip', 'button-quiet'], ['end', 'button-text']], (part, choose) => {
  part('signs').addEventListener('click', (event) => {
    const row = event.target.closest('button');
    if (row) choose({ sign: row.value, route: row.dataset.route, label: row.textContent.trim() });
  });
});

const routed = { pain: 'stop-pain', ground: 'stop-ground' };
export const stopped = ({ route, label }) => asked(routed[route], [['end', ''], ['rest', 'button-quiet'], ...(route === 'pain' ? [['mistake', 'button-text']] : [])], (part) => {
  const sign = part('sign');
  if (sign) put(sign, label);
});

// Help first: nothing else is offered, and nothing waits for a network.
export function help({ label }) {
  document.body.classList.add('danger');
  const shown = clone('stop-help');
  put(parts(shown)('sign'), label);
  parts(shown)('numbers').append(lines('emergency'));
  show(stage, shown);
}
