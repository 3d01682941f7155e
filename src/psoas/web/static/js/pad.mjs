// The pad draws two sliders as one surface: across is pleasant, up is energy. The sliders stay,
// for the keyboard and for screen readers; without this file they are all there is.
for (const field of document.querySelectorAll("[data-pad]")) {
  const tick = field.querySelector("[name=mood]");
  const pleasant = field.querySelector("[name=pleasant]");
  const energy = field.querySelector("[name=energy]");
  const pad = document.createElement("div");
  pad.className = "card pad";
  pad.setAttribute("aria-hidden", "true");
  const dot = document.createElement("i");
  dot.className = "level pain-6";
  pad.append(dot);
  tick.closest("label").after(pad);

  const reach = Number(pleasant.max);
  const share = (value) => `${((Number(value) + reach) / (2 * reach)) * 100}%`;
  function show() {
    // Set by script, not written in the page: the content policy forbids only the latter.
    dot.style.left = share(pleasant.value);
    dot.style.bottom = share(energy.value);
    dot.hidden = !tick.checked;
  }
  function choose(event) {
    const box = pad.getBoundingClientRect();
    const part = (at, from, size) => Math.min(Math.max((at - from) / size, 0), 1) * 2 * reach - reach;
    pleasant.value = Math.round(part(event.clientX, box.left, box.width));
    energy.value = -Math.round(part(event.clientY, box.top, box.height));
    tick.checked = true;
    show();
  }
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    choose(event);
  });
  pad.addEventListener("pointermove", (event) => event.buttons && choose(event));
  for (const slider of [pleasant, energy]) {
    slider.addEventListener("input", () => {
      tick.checked = true;
      show();
    });
  }
  tick.addEventListener("change", show);
  show();
}
