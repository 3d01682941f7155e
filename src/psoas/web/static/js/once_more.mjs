// "Show it once more": a movement plays once by itself, and again whenever it is asked for.
import { play } from './figure.mjs';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

for (const button of document.querySelectorAll('[data-again]')) {
  const box = document.getElementById(button.dataset.again);
  button.hidden = calm.matches || !box;
  let stop = () => {};
  button.addEventListener('click', async () => {
    const answer = await fetch(box.dataset.moves).catch(() => null);
    if (!answer?.ok) return;
    stop();
    stop = play(box, await answer.json());
  });
}
