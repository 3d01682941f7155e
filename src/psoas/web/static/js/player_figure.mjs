// The figure of a turn, moving as the turn does, and the small one of what comes next.
import { mover, play } from './figure.mjs';

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const stops = new WeakMap();

function drawn(box, svg) {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  box.replaceChildren(document.importNode(parsed, true));
  return box.firstElementChild;
}

const moves = ({ rows }) => rows?.length > 0;

// At its start, and small: without the shade of the end.
export function still(box, { svg }) {
  drawn(box, svg).querySelectorAll('.g,.k').forEach((each) => each.remove());
}

// Getting ready it stands at the start, with the end as a shade. Then what is held goes there and
// stays; what is repeated goes to and fro, once for each time that is counted.
export function show(box, figure, { runs, kind, seconds, count, left }) {
  stops.get(box)?.();
  stops.delete(box);
  if (!runs || !moves(figure)) { drawn(box, figure.svg); return; }
  const begun = left < seconds * 1000 - 500;
  if (calm.matches || (kind === 'hold' && begun)) {
    const svg = drawn(box, figure.svg);
    if (kind === 'hold') { mover(svg, figure.rows)(1); bare(box); }
    return;
  }
  const again = kind !== 'hold';
  // To and fro, with a rest at either end, is three ways.
  const way = kind === 'reps' ? seconds / count / 3 : figure.seconds;
  stops.set(box, play(box, { ...figure, seconds: way }, { again }));
  if (!again) bare(box);
}

// Where it stays nothing points anywhere any more.
const bare = (box) => box.querySelectorAll('.k').forEach((each) => each.remove());

// Paused: it stays as it is.
export const hold = (box) => stops.get(box)?.();
