// Today's minutes: asked for where there is a network, else as they were kept. Too old, or the
// clock of the device cannot be right: said, and not begun.
import { FIGURE, drop, keep, keepOnly, recall } from './player_kept.mjs';
import * as queue from './queue.mjs';

// A clock may drift this far back without anybody having set it.
const DRIFT = 5 * 60000;
const PATIENCE = 6000;

// Resolves with {routine, offline} or {shut: why}: 'check' and others in the server's word,
// 'expired', 'clock', 'none', 'sign in'.
export async function today(address) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return fromHere();
  }
  if (answer.status >= 500) return fromHere();
  if (!answer.ok) {
    await drop('routine').catch(() => {});
    const said = await answer.json().catch(() => ({}));
    return { shut: said.state ?? 'sign in' };
  }
  const routine = await answer.json();
  // How far this device's clock is from the server's, in milliseconds.
  routine.off = Date.parse(routine.now) - Date.now();
  await hold(routine);
  return { routine, offline: false };
}

async function hold(routine) {
  // Noted first, so that no page comes by that does not know of it.
  await queue.remember('routine', routine.stamp).catch(() => {});
  document.body.dataset.routine = routine.stamp;
  // Behind a PIN nothing is kept: without a network nobody would ask for it here.
  if (routine.keeps) await keep('routine', { ...routine, seen: Date.parse(routine.now) }).catch(() => {});
  else await drop('routine').catch(() => {});
}

async function fromHere() {
  const routine = await recall('routine').catch(() => undefined);
  // A page that the server gave knows how things stood then; the kept shell does not.
  const stamp = document.body.dataset.routine;
  if (!routine || (stamp && stamp !== routine.stamp)) return { shut: 'none' };
  const now = Date.now() + routine.off;
  // A clock that was set back would make an old routine young again.
  if (now < routine.seen - DRIFT) return { shut: 'clock', routine };
  if (now >= Date.parse(routine.expires_at)) return { shut: 'expired', routine };
  await keep('routine', { ...routine, seen: Math.max(routine.seen, now) }).catch(() => {});
  return { routine, offline: true };
}

// Each figure once: from the device where it lies, else from the server, and kept.
const drawn = new Map();
export function figure(address) {
  if (!drawn.has(address)) drawn.set(address, find(address).catch(() => { drawn.delete(address); return null; }));
  return drawn.get(address);
}

async function find(address) {
  const kept = await recall(FIGURE + address).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const found = await answer.json();
  await keep(FIGURE + address, found).catch(() => {});
  return found;
}

// All of them, so that the routine is whole without a network; those of other days go.
export async function figures(items) {
  const addresses = [...items, ...items.flatMap((item) => item.swaps)].flatMap((item) => Object.values(item.figures));
  for (const address of new Set(addresses)) await figure(address);
  await keepOnly(FIGURE, addresses.map((address) => FIGURE + address)).catch(() => {});
}
