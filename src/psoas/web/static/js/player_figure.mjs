// The figure of a turn, and the small one of what comes next.
function drawn(box, svg) {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  box.replaceChildren(document.importNode(parsed, true));
}

export const still = (box, { svg }) => drawn(box, svg);
export const show = (box, { svg }) => drawn(box, svg);
