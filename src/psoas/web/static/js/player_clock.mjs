// A countdown that a locked screen or a sleeping tab neither stretches nor lets run ahead unseen.
const LOOK = 250;
// No page in sight, and none that plays in the background, waits longer between two looks.
const ASLEEP = 3000;
const A_DAY = 24 * 3600000;

const read = () => ({ ran: performance.now(), wall: Date.now() });

// The running time of a page stands still on some devices while they sleep; the clock on the wall
// may be set to anything. What went by is the longer one, unless somebody changed the date.
export function passed(from, to) {
  const ran = Math.max(0, to.ran - from.ran);
  const wall = to.wall - from.wall;
  return wall > ran && wall - ran < A_DAY ? wall : ran;
}

export class Countdown {
  left = 0;
  #last;
  #timer = 0;

  // ``tick(left)`` at each look; ``over()`` at the end; ``slept(gone)`` instead of it where the
  // end was passed while nobody could see or hear it.
  constructor({ tick, over, slept }) {
    Object.assign(this, { tick, over, slept });
    document.addEventListener('visibilitychange', () => this.#timer && this.#look());
  }

  get runs() { return this.#timer !== 0; }

  run(left) {
    this.stop();
    this.left = left;
    this.#last = read();
    this.#timer = setInterval(() => this.#look(), LOOK);
    this.tick(this.left);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  #look() {
    const now = read();
    const gone = passed(this.#last, now);
    this.#last = now;
    if (gone > ASLEEP && gone >= this.left) {
      this.stop();
      this.slept(gone);
      return;
    }
    this.left = Math.max(0, this.left - gone);
    this.tick(this.left);
    if (this.left) return;
    this.stop();
    this.over();
  }
}
