// Whom to ring, drawn from what the page itself carries: this never waits for a network, and
// nothing here notes who looked or what was tapped.
import { countryOf } from './country.mjs';
import * as queue from './queue.mjs';

const data = document.getElementById('countries');
const countries = data ? JSON.parse(data.textContent) : [];
const pattern = document.getElementById('lines')?.content.firstElementChild;

const found = (code) => countries.find((each) => each.code === code || each.covers.includes(code))
  ?? countries.find((each) => each.code === 'other');

// The country that was just chosen, the person's own where the page knows it, then what was
// chosen on this device before, then where its clock stands.
let code = new URLSearchParams(location.search).get('country') || pattern?.dataset.country;
const settled = (async () => {
  if (code) await queue.remember('country', code).catch(() => {});
  else code = await queue.recall('country').catch(() => '') || countryOf(Intl.DateTimeFormat().resolvedOptions().timeZone);
})();

function link(text, href, kind) {
  const made = document.createElement('a');
  made.className = `button ${kind}`;
  made.href = href;
  made.textContent = text;
  return made;
}

function say(part, text) {
  part.textContent = text;
  part.hidden = !text;
}

function fill(shown, what) {
  const country = found(code);
  const words = pattern.dataset;
  const part = (name) => shown.querySelector(`[data-${name}]`);
  say(part('emergency'), country.emergency.length ? words.number.replace('%s', country.name) : '');
  part('call').replaceChildren(...country.emergency.map((number, at) => link(words.callIt.replace('%s', number), `tel:${number}`, at ? 'button-line' : 'sos')));
  say(part('note'), country.note);
  part('talk').hidden = what === 'emergency';
  part('talk').querySelector('ul').replaceChildren(...country.lines.map(line));
}

function line({ name, phone, tel, text, number, hours, web }) {
  const item = pattern.querySelector('template').content.firstElementChild.cloneNode(true);
  item.querySelector('h3').prepend(name);
  say(item.querySelector('small'), hours);
  const ways = item.querySelector('.row');
  if (phone) ways.append(link(phone, `tel:${tel}`, 'button-line'));
  if (number) ways.append(link(text, `sms:${number}`, 'button-line'));
  else if (text) ways.append(text);
  if (web) ways.append(link(web, web, 'button-text'));
  return item;
}

// ``what`` is 'emergency' for the numbers alone, 'all' with somebody to talk to.
export function lines(what) {
  const shown = pattern.cloneNode(true);
  const choice = shown.querySelector('select');
  const show = () => { choice.value = found(code).code; fill(shown, what); };
  choice.replaceChildren(...countries.map((each) => new Option(each.name, each.code)));
  choice.addEventListener('change', () => {
    code = choice.value;
    queue.remember('country', code).catch(() => {});
    fill(shown, what);
  });
  show();
  settled.then(show);
  return shown;
}
