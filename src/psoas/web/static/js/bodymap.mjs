// The body map: each place is a button drawn in SVG, and stands for a box of the list below
// it, which stays the truth. A leader line names the place chosen last.

const REACH = [8, 16, 24];
const EIGHT = [...Array(8).keys()].map((turn) => [Math.cos(turn * Math.PI / 4), Math.sin(turn * Math.PI / 4)]);

export class BodyMap {
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    this.pictures = [...form.querySelectorAll('svg.body-map')];
    this.tag = form.querySelector('#tag');
    this.whole = form.querySelector('#whole');
    this.tabs = [...form.querySelectorAll('.tabs [data-view]')];
    this.view = form.dataset.opening;
    this.last = null;
    this.tabs.forEach((tab) => tab.addEventListener('click', () => this.turn(tab.dataset.view)));
    this.whole.addEventListener('click', () => this.zoom(!this.isWhole));
    this.pictures.forEach((picture) => {
      picture.addEventListener('click', (event) => this.tapped(event));
      picture.addEventListener('keydown', (event) => this.pressed(event));
    });
    form.addEventListener('change', (event) => {
      if (event.target.type === 'checkbox') this.show(event.target.checked ? event.target.value : null);
    });
    // The line to the name is drawn for one size of the picture.
    new ResizeObserver(() => this.point()).observe(form.querySelector('.body-frame'));
  }

  get isWhole() { return this.whole.getAttribute('aria-pressed') === 'true'; }
  get picture() { return this.pictures.find((each) => !each.hasAttribute('hidden')); }
  chosen() { return [...this.form.querySelectorAll('#list :checked')]; }
  box(slug) { return this.form.querySelector(`#list [value="${CSS.escape(slug)}"]`); }
  region(slug) { return this.form.querySelector(`[data-place="${CSS.escape(slug)}"]`); }

  turn(view) {
    this.view = view;
    this.tabs.forEach((tab) => tab.setAttribute('aria-pressed', tab.dataset.view === view));
    this.look();
  }

  zoom(whole) {
    this.whole.setAttribute('aria-pressed', whole);
    this.look();
  }

  look() {
    const frame = this.isWhole ? 'body' : 'pelvis';
    this.form.querySelectorAll('.body-frame [data-frame]').forEach((part) => {
      part.toggleAttribute('hidden', part.dataset.view !== this.view || part.dataset.frame !== frame);
    });
    this.point();
  }

  tapped(event) {
    const found = event.target.closest?.('.region') ?? this.near(event);
    if (found) this.choose(found);
  }

  // A finger is wider than a jaw on the whole body: take the place next to it.
  near({ clientX, clientY }) {
    for (const reach of REACH) {
      for (const [x, y] of EIGHT) {
        const region = document.elementFromPoint(clientX + x * reach, clientY + y * reach)?.closest('.region');
        if (region) return region;
      }
    }
    return null;
  }

  pressed(event) {
    if (!['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    const region = event.target.closest('.region');
    if (region) this.choose(region);
  }

  choose(region) {
    if ('door' in region.dataset) {
      this.zoom(false);
      this.whole.focus();
      return;
    }
    const box = this.box(region.dataset.place);
    box.checked = !box.checked;
    this.show(box.checked ? box.value : null);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }

  show(slug) {
    const chosen = this.chosen().map((box) => box.value);
    this.last = slug ?? chosen.at(-1) ?? null;
    this.form.querySelectorAll('[data-place]').forEach((region) => {
      region.setAttribute('aria-pressed', chosen.includes(region.dataset.place));
    });
    this.glowOnTheWhole(chosen);
    this.point();
    this.changed(chosen);
  }

  // What was chosen close up glows on the whole body too; there it is only shown.
  glowOnTheWhole(chosen) {
    this.form.querySelectorAll('.echo').forEach((old) => old.remove());
    for (const region of chosen.map((slug) => this.region(slug))) {
      const { view, frame } = region.closest('svg').dataset;
      if (frame === 'body') continue;
      const echo = region.cloneNode();
      ['data-place', 'role', 'tabindex', 'aria-pressed', 'aria-label'].forEach((name) => echo.removeAttribute(name));
      echo.setAttribute('class', 'echo');
      echo.setAttribute('aria-hidden', 'true');
      this.form.querySelector(`svg[data-frame=body][data-view=${view}] .door`).after(echo);
    }
  }

  // Name the place chosen last beside the body, with a line to it, if it is in this picture.
  point() {
    this.form.querySelectorAll('.leader, .leader-dot').forEach((part) => part.toggleAttribute('hidden', true));
    const region = this.last && this.region(this.last);
    this.tag.hidden = !region || region.closest('svg') !== this.picture;
    if (this.tag.hidden) return;
    const x = Number(region.dataset.x);
    const y = Number(region.dataset.y);
    this.tag.textContent = region.getAttribute('aria-label');
    this.tag.dataset.at = x < 0 ? 'start' : 'end';
    const line = this.picture.querySelector('.leader');
    const dot = this.picture.querySelector('.leader-dot');
    const onScreen = this.picture.getScreenCTM();
    if (!onScreen) return;
    const size = this.tag.getBoundingClientRect();
    const from = new DOMPoint(x < 0 ? size.left + size.width * 0.4 : size.right - size.width * 0.4, size.bottom + 2)
      .matrixTransform(onScreen.inverse());
    line.setAttribute('d', `M${from.x} ${from.y}C${from.x} ${from.y + (y - from.y) * 0.5} ${x + (from.x - x) * 0.6} ${y - (y - from.y) * 0.15} ${x} ${y}`);
    dot.setAttribute('cx', x);
    dot.setAttribute('cy', y);
    dot.setAttribute('r', 3 / onScreen.a);
    line.removeAttribute('hidden');
    dot.removeAttribute('hidden');
  }
}
