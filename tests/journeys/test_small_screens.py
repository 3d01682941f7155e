"""The narrowest phone, and letters twice as large: nothing is cut, nothing has to be hit twice.

The same walk writes down every request: none goes to another origin.
"""

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys.pages import PARTS, walking

NARROW: ViewportSize = {"width": 320, "height": 640}
# A phone of 390 points at 200%: half the points, each of two pixels.
LARGE_LETTERS: ViewportSize = {"width": 195, "height": 422}

# Whatever reaches beyond the screen, and words cut off by their own box.
LOOK = """(narrowest) => {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((each) =>
      each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.table-wrap'));
    const names = wide.map((each) => `${each.tagName}.${each.getAttribute('class')}`).slice(0, 4);
    found.push(`scrolls to ${root.scrollWidth}: ${names}`);
  }
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  for (const each of document.querySelectorAll('h1, h2, p, a, button, label, summary, small, td')) {
    if (!seen(each) || each.closest('.hidden, .skip, .table-wrap')) continue;
    const style = getComputedStyle(each);
    const cut = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
    if (cut) found.push(`cut: ${each.textContent.trim().slice(0, 40)}`);
  }
  if (!narrowest) return found;
  // Links inside a sentence are as high as its line; a box or circle counts with its label.
  const targets = 'a.button, button, summary, .nav a, .top a, .tabs a, .list-row, .chip,'
    + ' label.check, label.switch, .tabs label, .scale label, .steps label, select';
  for (const each of document.querySelectorAll(targets)) {
    if (!seen(each) || each.closest('.hidden, .skip')) continue;
    const { width, height } = each.getBoundingClientRect();
    if (!width || height >= 47.5 && width >= 43.5) continue;
    const words = each.textContent.trim().slice(0, 30);
    found.push(`${Math.round(width)} x ${Math.round(height)}: ${each.tagName} ${words}`);
  }
  return found;
}"""


@pytest.mark.parametrize("part", PARTS)
def test_every_page_fits_the_narrowest_phone_and_large_letters(part, browser, address, capsys):
    faults: list[str] = []
    count = 0
    with walking(browser, address(""), viewport=NARROW, reduced_motion="reduce") as walk:
        for stop in PARTS[part](walk.place):
            page = walk.to(stop)
            faults += [f"{stop} at 320: {each}" for each in page.evaluate(LOOK, True)]
            page.set_viewport_size(LARGE_LETTERS)
            faults += [f"{stop} at 200%: {each}" for each in page.evaluate(LOOK, False)]
            page.set_viewport_size(NARROW)
            count += 1
    elsewhere = {url for url in walk.requests if not url.startswith((address("/"), "data:"))}
    with capsys.disabled():
        print(f"\n{count} pages, 320 and 200%: {len(faults)} faults")
        print(f"{len(walk.requests)} requests: {len(elsewhere)} to another origin")
    assert not faults, "\n".join(faults)
    assert not elsewhere
    assert not walk.complaints
