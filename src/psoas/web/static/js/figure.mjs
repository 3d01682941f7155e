// Moves a figure: anchors go from position to position, and smooth curves are drawn through them
// as motion/outline.py draws them. It moves once, when it is seen, and stays at its end.

const SOFT = 0.4;
const eased = (u) => u * u * (3 - 2 * u);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function handle(before, at, after) {
  const x = (after[0] - before[0]) / 6;
  const y = (after[1] - before[1]) / 6;
  const near = Math.min(
    before === at ? Infinity : Math.hypot(at[0] - before[0], at[1] - before[1]),
    after === at ? Infinity : Math.hypot(after[0] - at[0], after[1] - at[1]),
  );
  const share = Math.min(1, SOFT * near / (Math.hypot(x, y) || 1));
  return [x * share, y * share];
}

function path(closed, flat) {
  const count = flat.length / 2;
  const points = Array.from({ length: count }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
  const near = (i) => points[closed ? (i + count) % count : Math.max(0, Math.min(count - 1, i))];
  const handles = points.map((at, i) => handle(near(i - 1), at, near(i + 1)));
  let d = `M${points[0]}`;
  for (let i = 0; i < count - (closed ? 0 : 1); i += 1) {
    const next = (i + 1) % count;
    const [from, to] = [points[i], points[next]];
    const numbers = [from[0] + handles[i][0], from[1] + handles[i][1],
      to[0] - handles[next][0], to[1] - handles[next][1], to[0], to[1]];
    d += `C${numbers.map((each) => Math.round(each * 10) / 10)}`;
  }
  return closed ? `${d}z` : d;
}

function ways([closed, first, ...steps]) {
  const found = [first];
  steps.forEach((step) => found.push(found.at(-1).map((each, i) => each + step[i])));
  return { closed, found };
}

function between({ found }, u) {
  const place = u * (found.length - 1);
  const low = Math.min(Math.floor(place), Math.max(found.length - 2, 0));
  const high = found[Math.min(low + 1, found.length - 1)];
  return found[low].map((each, i) => each + (high[i] - each) * (place - low));
}

// A function that puts the body of a drawing anywhere in its movement, 0 to 1.
export function mover(svg, rows) {
  const paths = [...svg.querySelector('g > g').children];
  const moving = rows.map((curves, i) => ({ path: paths[i], curves: curves.map(ways) }))
    .filter(({ curves }) => curves.some(({ found }) => found.length > 1));
  return (u) => moving.forEach((row) => row.path.setAttribute(
    'd', row.curves.map((curve) => path(curve.closed, between(curve, u))).join(''),
  ));
}

// Start, middle and end beside each other, for whoever wants no motion.
export function stills(box, { svg, rows }) {
  if (!rows.length) return box.replaceChildren(drawing(svg));
  return box.replaceChildren(...[0, 0.5, 1].map((u) => {
    const one = drawing(svg);
    one.querySelectorAll('.g,.k').forEach((each) => each.remove());
    mover(one, rows)(u);
    return one;
  }));
}

// Draws a movement and starts it; `again` goes there and back for as long as it is seen.
// Returns what stops it.
export function play(box, figure, { again = false } = {}) {
  const many = calm.matches && figure.rows.length > 0;
  box.classList.toggle('stills', many);
  if (many || !figure.rows.length) {
    stills(box, figure);
    return () => {};
  }
  box.replaceChildren(drawing(figure.svg));
  const move = mover(box.firstChild, figure.rows);
  const way = figure.seconds * 1000;
  let [asked, begun] = [0, null];
  const frame = (now) => {
    begun ??= now;
    const turn = (now - begun) / way;
    const u = again ? swung(turn % 3) : Math.min(1, turn);
    move(eased(u));
    asked = again || turn < 1 ? requestAnimationFrame(frame) : 0;
  };
  const stop = () => { cancelAnimationFrame(asked); asked = 0; };
  const seen = new IntersectionObserver(([entry]) => {
    stop();
    begun = null;
    if (entry.isIntersecting) asked = requestAnimationFrame(frame);
  }, { threshold: 0.4 });
  seen.observe(box);
  return () => { stop(); seen.disconnect(); };
}

// There, a while at the end, and back.
const swung = (turn) => (turn < 1 ? turn : turn < 1.7 ? 1 : Math.max(0, 2.7 - turn));

function drawing(svg) {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  return document.importNode(parsed, true);
}

const shown = new IntersectionObserver((entries) => entries.forEach(async (entry) => {
  if (!entry.isIntersecting) return;
  shown.unobserve(entry.target);
  // Without the network the still stays, which shows the end as well.
  const answer = await fetch(entry.target.dataset.moves).catch(() => null);
  if (answer?.ok) play(entry.target, await answer.json());
}));
document.querySelectorAll('[data-moves]').forEach((box) => shown.observe(box));
