// What waited on this device and was sent while the page stood open belongs on it: the last
// check-in, advice. Nothing is taken from under the hands of somebody who is just using it.
const line = document.getElementById('waiting');
const waits = () => !line.hidden && line.textContent.trim() !== line.dataset.sent;

let waited = waits();
new MutationObserver(async () => {
  const gone = waited && !waits();
  waited = waits();
  if (!gone) return;
  const answer = await fetch(location.href, { headers: { 'X-By-Itself': '1' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
  const main = document.getElementById('main');
  if (!fresh || main.querySelector('details[open]') || main.contains(document.activeElement)) return;
  main.replaceChildren(...fresh.childNodes);
}).observe(line, { attributeFilter: ['hidden'], childList: true, subtree: true });
