// What is heard and felt: a bell, the browser's own voice, a short vibration; and a screen that
// stays on. Each can be missing on a device, and each can be switched off.
let choices = { bell: true, voice: false, vibration: true };
export const choose = (made) => { choices = { ...choices, ...made }; };
export const chosen = () => choices;

export const can = {
  bell: 'AudioContext' in window,
  voice: 'speechSynthesis' in window,
  vibration: 'vibrate' in navigator,
  awake: 'wakeLock' in navigator,
};

let audio;
// A browser lets a page sound only after a tap: called from the first one.
export function wake() {
  if (can.bell) audio ??= new AudioContext();
  audio?.resume().catch(() => {});
}

// Two partials that fade: heard in the room, and gone before it startles.
export function bell(low = false) {
  if (choices.vibration && can.vibration) navigator.vibrate(low ? [60] : [120, 80, 120]);
  if (!choices.bell || !audio || audio.state !== 'running') return;
  const at = audio.currentTime;
  for (const [times, loud] of [[1, 0.22], [2.76, 0.07]]) {
    const tone = audio.createOscillator();
    const fade = audio.createGain();
    tone.frequency.value = (low ? 392 : 523.25) * times;
    fade.gain.setValueAtTime(0, at);
    fade.gain.linearRampToValueAtTime(loud, at + 0.015);
    fade.gain.exponentialRampToValueAtTime(0.0001, at + 1.8 / times);
    tone.connect(fade).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 2);
  }
}

export function speak(words) {
  if (!choices.voice || !can.voice) return;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = document.documentElement.lang;
  said.rate = 0.95;
  speechSynthesis.speak(said);
}

export const hush = () => can.voice && speechSynthesis.cancel();

let lock = null;
let wanted = false;
// The system takes the lock away with the page; it is asked for again when the page is back.
export async function stayAwake(on) {
  wanted = on;
  if (!can.awake) return;
  if (!on) { await lock?.release().catch(() => {}); lock = null; return; }
  if (document.hidden || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request('screen').catch(() => null);
}
document.addEventListener('visibilitychange', () => { if (wanted && !document.hidden) stayAwake(true); });
