// The clock of this device with its offset: the hour as it was here, wherever that is.
export function stamp(date) {
  const minutes = -date.getTimezoneOffset();
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  const local = new Date(date.getTime() + minutes * 60000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

export function isNight() {
  const hour = new Date().getHours();
  return hour >= 21 || hour < 7;
}
