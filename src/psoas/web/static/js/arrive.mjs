// What the browser knows is filled in and stays changeable; what is for a clinic shows for one.
import { countryOf } from './country.mjs';
import './zone.mjs';

const country = document.querySelector('[data-country]');
// Sent back with a mistake, the page holds an answer, and an answer is not guessed over.
if (country?.value === 'other' && !document.querySelector('[aria-invalid=true]')) {
  const guess = countryOf(Intl.DateTimeFormat().resolvedOptions().timeZone ?? '');
  if ([...country.options].some(({ value }) => value === guess)) country.value = guess;
}

const uses = [...document.querySelectorAll('[name=use]')];
const show = () => {
  const clinic = uses.some(({ value, checked }) => checked && value === 'clinic');
  for (const part of document.querySelectorAll('[data-when-clinic]')) part.hidden = !clinic;
};
if (uses.length) {
  for (const use of uses) use.addEventListener('change', show);
  show();
}
