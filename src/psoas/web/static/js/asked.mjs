// Whoever chooses something in a list has it before their eyes: the list counts as gone through.
// In sight, and only until they set the tick themselves. A night entry asks nothing, so not there.
for (const tick of document.querySelectorAll("[data-asks] [name^=asked-]")) {
  let decided = tick.checked;
  tick.addEventListener("change", () => (decided = true));
  tick.closest("details").addEventListener("change", ({ target }) => {
    if (!decided && target !== tick && (target.checked ?? target.value)) tick.checked = true;
  });
}
