// What the browser knows is filled in and stays changeable; what is for a clinic shows for one.
import './zone.mjs';

const country = document.querySelector('[data-country]');
const { region } = new Intl.Locale(navigator.language);
if (country?.value === 'other' && [...country.options].some(({ value }) => value === region)) country.value = region;

const uses = [...document.querySelectorAll('[name=use]')];
const show = () => {
  const clinic = uses.some(({ value, checked }) => checked && value === 'clinic');
  for (const part of document.querySelectorAll('[data-when-clinic]')) part.hidden = !clinic;
};
if (uses.length) {
  for (const use of uses) use.addEventListener('change', show);
  show();
}
