// A session under way as plain data, and what each tap makes of it. Nothing is drawn, timed or
// sent here, so that what was kept half way goes on exactly where it was.
import { stamp } from './stamp.mjs';

export const READY = 5000;
const A_DAY = 24 * 3600000;

export function begin(routine, kind, before) {
  const items = (kind === 'short' ? routine.short : routine.items).map(fresh);
  const session = {
    id: crypto.randomUUID(), kind, before, version: routine.version, off: routine.off,
    began: stamp(new Date()), beganAt: Date.now() + routine.off, usual: routine.usual,
    items, turns: items.flatMap(turnsOf), at: -1, phase: 'ready', left: READY, step: 0,
    during: null, after: null, effort: null, stop: '', stoppedAt: '', finished: false,
  };
  return to(session, 0);
}

const fresh = (item) => ({ ...item, reason: '', for: '' });
const turnsOf = (item, at) => item.turns.map((turn, n) => ({ ...turn, item: at, n: n + 1, of: item.turns.length, done: null }));

export const turn = (session) => session.turns[session.at];
export const item = (session) => session.items[turn(session).item];
export const isOver = (session) => session.at >= session.turns.length;
// Older than a day, it is closed as it was: what the body did yesterday is not what it does now.
export const isOld = (session) => Math.abs(Date.now() + session.off - session.beganAt) > A_DAY;

function to(session, at) {
  const over = at >= session.turns.length;
  return { ...session, at, phase: over ? 'after' : 'ready', left: over ? 0 : READY };
}

export const go = (session) => ({ ...session, phase: 'go', left: turn(session).seconds * 1000 });

// This turn came to its end, or was left before it; what was done of it counts.
export function next(session, left = 0) {
  const { seconds } = turn(session);
  const did = session.phase === 'go' ? Math.round(seconds - left / 1000) : 0;
  const turns = session.turns.map((each, at) => (at === session.at ? { ...each, done: did } : each));
  return to({ ...session, turns }, session.at + 1);
}

// To the start of this turn; from there, or while getting ready, to the one before.
export function back(session) {
  if (session.phase === 'go' && turn(session).seconds * 1000 - session.left > 3000) return to(session, session.at);
  return to(session, Math.max(0, session.at - 1));
}

// All that is left of this exercise is left out, for a reason.
export function leaveOut(session, reason) {
  const here = turn(session).item;
  const items = session.items.map((each, at) => (at === here ? { ...each, reason } : each));
  const after = session.turns.findIndex((each, at) => at > session.at && each.item !== here);
  return to({ ...session, items }, after < 0 ? session.turns.length : after);
}

// Stopped for a sign. A graver one takes the place of a milder, never the other way round: only one
// is told, and told without a network the earlier telling is gone. What hurt is marked of its own.
const GRAVE = { ground: 1, pain: 2, help: 3 };
export function stop(session, { sign, route }) {
  const here = turn(session).item;
  const items = session.items.map((each, at) => (at === here && route === 'pain' ? { ...each, reason: 'hurts' } : each));
  if (session.stop && GRAVE[route] < GRAVE[session.stopRoute]) return { ...session, items };
  return { ...session, items, stop: sign, stopRoute: route, stoppedAt: items[here].slug };
}

// Another one in its place: what was done of the first stays, its open turns go.
export function swap(session, which, other) {
  const at = session.items.length;
  const items = session.items.map((each, n) => (n === which ? { ...each, for: other.slug } : each));
  const gone = (each, n) => each.item === which && n >= session.at;
  const place = session.turns.findIndex(gone);
  const turns = session.turns.filter((each, n) => !gone(each, n));
  turns.splice(place, 0, ...turnsOf(other, at));
  const moved = { ...session, items: [...items, fresh({ ...other, swaps: [] })], turns };
  return place === session.at ? to(moved, place) : moved;
}

// The exercise that comes after this one, or nothing.
export function following(session) {
  const next = session.turns.find((each, at) => at > session.at && each.item !== turn(session).item);
  return next && session.items[next.item];
}

// In which place of how many, by what is still done: one that was swapped is not counted twice.
export function place(session) {
  const shown = [...new Set(session.turns.map((each) => each.item))];
  return { nth: shown.indexOf(turn(session).item) + 1, of: shown.length, shown };
}

export function secondsLeft(session) {
  const open = session.turns.slice(session.at + 1).reduce((sum, each) => sum + each.seconds + READY / 1000, 0);
  const here = session.phase === 'ready' ? turn(session).seconds : 0;
  return open + here + session.left / 1000;
}

// What the server is told: all of it, each time; the latest step counts.
export function told(session) {
  const minutes = session.turns.reduce((sum, each) => sum + (each.done ?? 0), 0) / 60;
  return {
    v: 1, step: session.step, kind: session.kind, plan: session.version,
    begun_at: session.began, at: stamp(new Date()),
    items: session.items.map((each, at) => said(each, session.turns.filter((every) => every.item === at))),
    before: session.before, during: session.during, after: session.after, effort: session.effort,
    minutes: Math.round(minutes * 10) / 10, stop: session.stop || null,
    ...(session.stoppedAt && { stopped_at: session.stoppedAt }), finished: session.finished,
  };
}

function said({ slug, side, sets, hold_s, reps, breaths, seconds, reason, for: other }, turns) {
  const done = turns.filter((each) => each.done);
  const whole = done.length === turns.length && done.every((each) => each.done >= each.seconds - 1);
  const state = other ? 'swapped' : whole && done.length ? 'done' : done.length ? 'part' : 'skipped';
  const dose = Object.entries({ hold_s, reps, breaths, seconds }).filter(([, value]) => value != null);
  return {
    slug, side, sets, ...Object.fromEntries(dose), state, ...(reason && { reason }), ...(other && { for: other }),
    done_s: done.reduce((sum, each) => sum + each.done, 0),
  };
}
