// Which help lines a time zone speaks for. Never from the language: a browser in American
// English stands in London, too, and the wrong emergency number is worse than none.
const america = (names) => names.split(' ').map((name) => `America/${name}`);
const europe = (names) => names.split(' ').map((name) => `Europe/${name}`);

const US = [
  ...america('New_York Detroit Louisville Indianapolis Fort_Wayne Chicago Menominee Denver Shiprock Boise Phoenix'),
  ...america('Los_Angeles Anchorage Juneau Sitka Metlakatla Yakutat Nome Adak Atka'),
  'Pacific/Honolulu',
];
const CANADA = [
  ...america('St_Johns Halifax Glace_Bay Moncton Goose_Bay Blanc-Sablon Toronto Montreal Nipigon Thunder_Bay'),
  ...america('Iqaluit Pangnirtung Atikokan Coral_Harbour Winnipeg Rainy_River Resolute Rankin_Inlet Regina'),
  ...america('Swift_Current Edmonton Cambridge_Bay Yellowknife Inuvik Creston Dawson_Creek Fort_Nelson'),
  ...america('Whitehorse Dawson Vancouver'),
];
// Browsers write Cyprus either way; islands keep the clock of their own.
const EU = [
  ...europe('Amsterdam Athens Berlin Bratislava Brussels Bucharest Budapest Busingen Copenhagen Helsinki Lisbon'),
  ...europe('Ljubljana Luxembourg Madrid Malta Mariehamn Nicosia Oslo Paris Prague Riga Rome Sofia Stockholm Tallinn'),
  ...europe('Vaduz Vienna Vilnius Warsaw Zagreb'),
  'Asia/Nicosia', 'Africa/Ceuta', 'Atlantic/Azores', 'Atlantic/Canary', 'Atlantic/Madeira', 'Atlantic/Reykjavik',
];

const ZONES = new Map([
  ['Europe/London', 'GB'], ['Europe/Belfast', 'GB'], ['Europe/Dublin', 'IE'], ['Africa/Johannesburg', 'ZA'],
  ...US.map((zone) => [zone, 'US']),
  ...CANADA.map((zone) => [zone, 'CA']),
  ...EU.map((zone) => [zone, 'EU']),
]);
const REGIONS = [
  ['Australia/', 'AU'], ['Canada/', 'CA'], ['US/', 'US'],
  ...['Indiana', 'Kentucky', 'North_Dakota'].map((state) => [`America/${state}/`, 'US']),
];

export function countryOf(zone) {
  return ZONES.get(zone) ?? REGIONS.find(([start]) => zone.startsWith(start))?.[1] ?? 'other';
}
