// Hurting now: place, number, done. The entry goes to the outbox of this device, so the
// three taps are the same with and without a network.
import { BodyMap } from './bodymap.mjs';
import { thoughts } from './mood.mjs';
import { afterSending, night } from './night.mjs';
import { flush, lastState, mine, ownerHere, put, undo } from './outbox.mjs';
import * as queue from './queue.mjs';
import { isNight, stamp } from './stamp.mjs';

const form = document.getElementById('now');
const noted = document.getElementById('noted');
const offers = document.getElementById('offers');
const stage = document.getElementById('stage');
const main = document.getElementById('main');
const words = form.dataset;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const chosenLine = document.getElementById('chosen');
const map = new BodyMap(form, (chosen) => {
  chosenLine.textContent = places().names.join(', ');
  // The picture names the last one; that there are more, also behind, is said as a number.
  document.getElementById('count').textContent = chosen.length > 1 ? words.places.replace('%s', chosen.length) : '';
});
// A browser may bring ticks back with the page.
map.show(null);

function places() {
  const boxes = map.chosen();
  const named = (name) => boxes.filter((box) => box.name === name).map((box) => box.value);
  const names = boxes.map((box) => {
    const name = box.parentElement.textContent.trim();
    return box.name === 'tension' ? words.tension.replace('%s', name) : name;
  });
  return { places: named('places'), tension: named('tension'), names };
}

const number = () => new FormData(form).get('pain');

function complain(sentences) {
  const place = document.getElementById('wrong');
  place.replaceChildren(...sentences.map((sentence) => {
    const line = document.createElement('p');
    line.className = 'error';
    line.textContent = sentence;
    return line;
  }));
  place.hidden = !sentences.length;
  if (sentences.length) place.scrollIntoView({ block: 'center' });
}

// A refused entry that is being changed keeps its id and the time it speaks of.
let changing = null;

function entry() {
  const { places: places_, tension } = places();
  const pain = number();
  const at = changing ? new Date(document.getElementById('at').value) : new Date();
  return {
    at: stamp(at),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    places: places_,
    tension,
    pain: pain === 'unsure' ? null : Number(pain),
    unsure: pain === 'unsure',
  };
}

// The browser's own "fill in this field" would cover the map; the sentences are ours.
form.noValidate = true;
form.addEventListener('input', () => complain([]));
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const missing = [];
  if (!map.chosen().length) missing.push(words.noPlace);
  if (number() === null) missing.push(words.noNumber);
  if (missing.length) { complain(missing); return; }
  const body = entry();
  const done = document.getElementById('done');
  done.disabled = true;
  try {
    const id = await put(body, changing ?? undefined);
    confirm(id, body);
  } catch (problem) {
    if (!(await ownerHere().catch(() => null))) return fallBack(problem);
    complain([words.notKept]);
    done.disabled = false;
  }
});

// A browser without a usable IndexedDB (some private windows): the plain form does it.
function fallBack() {
  document.getElementById('done').disabled = false;
  if (!('shell' in words)) { form.submit(); return; }
  // Nothing can be kept here; what may be an emergency is asked all the same.
  confirmed('notNoted');
  const why = document.getElementById('no-owner');
  why.hidden = false;
  noted.prepend(why);
  document.getElementById('noted-undo').hidden = true;
  offerWays(true);
  askForDanger();
}

// From here on the plan for bad days is offered too, where there is a network to open it.
let high = false;

async function confirm(id, body) {
  high = !body.unsure && Number(body.pain) >= Number(words.flareFrom ?? 7);
  const strength = body.unsure ? words.unsure : words.strength.replace('%s', body.pain);
  document.getElementById('noted-what').textContent = `${body.at.slice(11, 16)}, ${places().names.join(', ')}, ${strength}.`;
  confirmed('noted');
  document.getElementById('noted-undo').onclick = () => takeBack(id);
  askForDanger();
  await flush();
  await sayWhereItIs(id);
}

function confirmed(said) {
  const title = document.getElementById('noted-title');
  title.textContent = title.dataset[said];
  form.hidden = true;
  main.classList.add('narrow');
  document.getElementById('where').hidden = true;
  document.querySelectorAll('.alert').forEach((line) => { line.hidden = true; });
  noted.hidden = false;
  scrollTo(0, 0);
  title.focus();
}

// Before anything calming, and before any way home.
async function askForDanger() {
  offers.hidden = true;
  back.hidden = true;
  await night(stage, noted);
  offerCalm(true);
  document.getElementById('offers-title').focus();
}

function offerCalm(calming) {
  noted.className = 'noted';
  document.getElementById('night').hidden = true;
  offers.querySelectorAll('[data-calm], h2, p:not([id])').forEach((part) => { part.hidden = !calming; });
  const home = document.getElementById('noted-home');
  const { night: toBed, home: at, homeNight } = home.dataset;
  if (!calming) home.textContent = isNight() ? homeNight : at;
  else if (isNight()) home.textContent = toBed;
  offers.hidden = false;
  offerWays(alone);
}

const back = document.querySelector('.back');
// Without a network every link home shows the map again, as if nothing had been noted.
let alone = false;
let takenBack = false;
function offerWays(isAlone) {
  alone = isAlone;
  back.hidden = alone || offers.hidden;
  document.getElementById('noted-home').hidden = alone;
  document.getElementById('noted-another').hidden = !alone;
  document.getElementById('noted-flare').hidden = !high || alone || takenBack;
  document.getElementById('noted-away').hidden = !alone || takenBack;
}

async function sayWhereItIs(id, wasRefused = false) {
  const line = document.getElementById('noted-state');
  const more = document.getElementById('noted-more');
  const item = await queue.find(id);
  if (takenBack) return;
  // A refused entry leaves the device in one way only: somebody discarded it.
  const where = item?.refused ? 'refused' : item ? 'waiting' : wasRefused ? 'discarded' : 'kept';
  const said = where === 'waiting' && lastState() === 'sign in' ? 'signIn' : where;
  if (line.textContent !== line.dataset[said]) line.textContent = line.dataset[said];
  document.getElementById('noted-undo').hidden = where === 'discarded' || where === 'refused';
  more.hidden = where !== 'kept';
  offerWays(said === 'waiting');
  more.href = more.getAttribute('href').replace(NOBODY, id);
  // Until it is sent or discarded, look again: that may happen a long time from now.
  if (item) setTimeout(sayWhereItIs, 1000, id, where === 'refused');
}

async function takeBack(id) {
  takenBack = true;
  document.getElementById('noted-undo').hidden = true;
  document.getElementById('noted-more').hidden = true;
  document.getElementById('noted-what').textContent = '';
  document.getElementById('noted-state').textContent = '';
  const title = document.getElementById('noted-title');
  await undo(id, await ownerHere());
  title.textContent = title.dataset.undone;
  alone = !navigator.onLine;
  if (!document.getElementById('night').hidden) offerCalm(false);
  else offerWays(alone);
  addEventListener('online', () => offerWays(false), { once: true });
  title.focus();
}

async function change(id) {
  const item = await queue.find(id);
  if (!item?.refused || !mine(item)) return;
  changing = id;
  [...item.body.places, ...item.body.tension].forEach((slug) => {
    const box = map.box(slug);
    if (box) box.checked = true;
  });
  map.show(null);
  const pain = item.body.unsure ? 'unsure' : String(item.body.pain);
  const button = [...form.querySelectorAll('[name=pain]')].find((each) => each.value === pain);
  if (button) button.checked = true;
  document.getElementById('at').value = item.body.at.slice(0, 16);
  document.getElementById('again').hidden = false;
  complain(Object.values(item.refused).flat());
}

// "Change it" leads from the confirmation to this same page.
addEventListener('hashchange', () => location.reload());

// Whom to ring, and the few questions, without leaving this page.
document.querySelectorAll('[data-thoughts]').forEach((link) => link.addEventListener('click', (event) => {
  event.preventDefault();
  const before = [noted, form, document.getElementById('where')].filter((part) => !part.hidden);
  before.forEach((part) => { part.hidden = true; });
  main.classList.add('narrow');
  thoughts(stage, words.questions, () => {
    stage.hidden = true;
    before.forEach((part) => { part.hidden = false; });
    main.classList.toggle('narrow', form.hidden);
  });
}));
afterSending([...offers.querySelectorAll('[data-calm]')]);

async function start() {
  if (location.hash.length === 37) await change(location.hash.slice(1));
  if (!('shell' in words)) return;
  // The shell was kept long ago and knows neither the hour nor the address.
  if (isNight()) document.documentElement.dataset.theme = 'dark';
  if (location.pathname !== form.getAttribute('action')) document.getElementById('elsewhere').hidden = false;
  if (!(await ownerHere())) document.getElementById('no-owner').hidden = false;
}

// From here on a tap on the map is heard.
form.dataset.ready = '';
start();
