// The outbox: an entry is kept on the device first, sent after, and dropped only when the
// server has named it back. The contract is docs/outbox.md.
import { forget } from './forget.mjs';
import * as queue from './queue.mjs';
import { show } from './waiting.mjs';

const addresses = document.getElementById('waiting')?.dataset;
const pageOwner = document.body.dataset.owner ?? '';
// The shell is one page for everyone: who it writes for, the device remembers.
const isShell = document.body.classList.contains('is-shell');
const others = 'BroadcastChannel' in window ? new BroadcastChannel('notes-outbox') : null;

// 'sent', 'no network', 'sign in': what the last attempt came to, for the line on the page.
let state = 'sent';
export const lastState = () => state;
// Whether something that had waited has just been sent, which is worth a word.
let sentAfterWaiting = false;

export async function ownerHere() {
  return pageOwner || (isShell ? await queue.owner() : undefined);
}

// Keep an entry on this device, to be sent by ``flush``. Resolves once it is kept. Answers to
// the check and to questions go the same way, under kinds of their own.
export async function put(entry, id = crypto.randomUUID(), kind = 'moment') {
  const owner = await ownerHere();
  if (!owner) throw new Error('no owner');
  await queue.keep({ id, owner, made_at: new Date().toISOString(), kind, body: entry, tries: 0 });
  return id;
}

// Take an entry back. A copy that was ever sent may stand on the server although its
// acknowledgement got lost, so it is deleted there too.
export async function undo(id, owner) {
  const made = { id, owner, made_at: new Date().toISOString(), tries: 1 };
  await queue.change(id, (item) => (item?.tries === 0 ? undefined : { ...made, ...item, undone: true, refused: undefined }));
  flush();
}

export async function discard(id) {
  await queue.drop(id);
  await tell();
}

// What was kept by an older version of this page has no kind.
export const kindOf = (item) => item.kind ?? 'moment';

export const waiting = async () => (await queue.all()).filter((item) => !item.undone);

let running = null;
let dirty = false;
// Send what waits. Asked again while it runs, it looks again before it ends: an entry
// added in the middle is not left behind.
export function flush({ byItself = false } = {}) {
  dirty = true;
  running ??= (async () => {
    try {
      while (dirty) {
        dirty = false;
        await oneTabAtATime(() => sendAll(byItself));
      }
    } finally {
      running = null;
      await tell();
    }
  })();
  return running;
}

function oneTabAtATime(work) {
  return navigator.locks ? navigator.locks.request('notes-outbox', work) : work();
}

async function sendAll(byItself) {
  const items = (await queue.all()).filter((item) => !item.refused);
  state = 'sent';
  for (const item of items) {
    if (!pageOwner && !isShell) { state = 'sign in'; return; }
    if (pageOwner && item.owner !== pageOwner) { state = 'sign in'; continue; }
    const outcome = await send(item, byItself);
    if (outcome === 'no network') { state = outcome; again(); return; }
    if (outcome === 'sign in') state = outcome;
  }
  wait = SHORTEST;
}

async function send(item, byItself) {
  // Counted before it leaves: from now on the server may have it.
  const leaving = await queue.change(item.id, (kept) => kept && { ...kept, tries: kept.tries + 1 });
  if (!leaving) return 'sent';
  const waited = leaving.tries > 1 || Date.now() - Date.parse(item.made_at) > SHORTEST;
  let answer;
  try {
    answer = item.undone ? await post(addresses.entry.replace(NOBODY, item.id), '', byItself)
      : await post(addresses.outbox, JSON.stringify({ id: item.id, owner: item.owner, kind: kindOf(item), entry: leaving.body }), byItself);
  } catch {
    return 'no network';
  }
  if (item.undone) return takenBack(item, answer);
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 200 && said.state === 'kept' && said.id === item.id) {
    // Taken back while it was on its way, it stays, to be taken back there too; and so does what
    // was told of a session meanwhile, under the same id.
    const stays = await queue.change(item.id, (kept) => (kept?.undone || kept?.body?.step !== leaving.body?.step ? kept : undefined));
    if (stays && !stays.undone) dirty = true;
    if (waited && !stays) sentAfterWaiting = true;
    return 'sent';
  }
  if (said.state === 'refused') {
    await queue.change(item.id, (kept) => (kept?.undone ? undefined : { ...item, ...kept, refused: said.fields }));
    return 'refused';
  }
  return [401, 403, 409].includes(answer.status) || answer.type === 'opaqueredirect' ? 'sign in' : 'no network';
}

async function takenBack(item, answer) {
  // The delete page answers with a redirect; 404 says that it never arrived or is gone.
  if (answer.type === 'opaqueredirect' || answer.ok || answer.status === 404) {
    await queue.drop(item.id);
    return 'sent';
  }
  return answer.status < 500 ? 'sign in' : 'no network';
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
function post(url, body, byItself) {
  const headers = { Accept: 'application/json', 'X-CSRFToken': token() };
  if (body) headers['Content-Type'] = 'application/json';
  // What a page sends by itself must not keep a screen open that nobody touches.
  if (byItself) headers['X-By-Itself'] = '1';
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(20000) });
}

// Read at the moment of sending: the shell was kept long ago, the token changes at sign-in.
const token = () => /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? '';

const SHORTEST = 2000;
const LONGEST = 60000;
let wait = SHORTEST;
let timer;
function again() {
  clearTimeout(timer);
  timer = setTimeout(() => flush({ byItself: true }), wait);
  wait = Math.min(LONGEST, wait * 2);
}

async function tell() {
  others?.postMessage('changed');
  await refresh();
}

export const mine = (item) => pageOwner !== '' && item.owner === pageOwner;

async function refresh() {
  const sent = sentAfterWaiting;
  sentAfterWaiting = false;
  const items = await waiting();
  const notHere = !isShell && items.some((item) => item.owner !== pageOwner);
  // A page that was kept knows nobody; without a network signing in is not what is missing.
  const why = !navigator.onLine ? 'no network' : notHere ? 'sign in' : state;
  // Why an entry was refused is for the one who wrote it; to anybody else it only waits.
  show(items.map((item) => (mine(item) ? item : { ...item, refused: undefined })), why, discard, sent);
}

// What was put together for today's minutes before the check or the plan changed goes as soon as
// any page says so. Who never kept any does not load what keeps it.
async function dropOld() {
  const stamp = document.body.dataset.routine;
  const kept = await queue.recall('routine');
  if (!stamp || !kept || kept === stamp) return;
  const { dropOthers } = await import("./kept_rows.mjs");
  await dropOthers(stamp);
}

async function start() {
  dropOld().catch(() => {});
  if (pageOwner) {
    // Of who was here before nothing stays but what waits to be sent.
    const before = await queue.owner();
    if (before && before !== pageOwner) forget();
    await queue.setOwner(pageOwner);
  }
  addEventListener('online', () => flush({ byItself: true }));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) flush({ byItself: true });
  });
  others?.addEventListener('message', refresh);
  await flush({ byItself: true });
}

if (addresses && 'indexedDB' in window) start();
if (addresses && 'serviceWorker' in navigator) navigator.serviceWorker.register(addresses.worker);
