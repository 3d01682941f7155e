// Leave at once: hide the page, tell the server, go to a neutral site. Also on Escape
// pressed three times within 1.5 s. Without JavaScript the button is a plain POST form.
import { forget } from './forget.mjs';

const form = document.querySelector('.leave-form');
const button = form?.querySelector('[data-leave-to]');

function leave() {
  // Hidden before anything that could be slow: the screen is what someone else sees.
  document.documentElement.hidden = true;
  document.title = 'Notes';
  // Nothing may ask "are you sure?" now; unsaved.mjs listens for this.
  dispatchEvent(new Event('leaving'));
  forget();
  // keepalive lets the sign-out outlive the page; the way out never waits for the network.
  fetch(form.action, { method: 'POST', body: new FormData(form), keepalive: true, redirect: 'manual' }).catch(() => {});
  location.replace(button.dataset.leaveTo);
}

// Asked to sign in or to unlock: whoever was here before has gone, by whichever way.
if (document.body.classList.contains('is-out')) forget();

if (button) {
  let presses = [];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return;
    presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] <= 1500) leave();
  });
}

// A page out of the back-forward cache may belong to someone who has left: ask the server again.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
