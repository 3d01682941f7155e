{% autoescape off %}// The worker keeps the shells of Hurting now, of Care and of the player, the help page and their
// files, and never a page with somebody's words in it. Pages come from the network first.
const CACHE = 'notes-{{ version }}';
const FILES = {{ files }};
// Under addresses that name their content's hash.
const DATA = {{ data }};
const PAGES = {{ pages }};
const WAYS_OUT = [PAGES.leave, PAGES.out];
// A network that is there but does not answer: someone in pain does not wait for it longer.
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES, ...DATA, PAGES.shell, PAGES.care, PAGES.move, PAGES.help].map(async (url) => {
    // Signed out, so that what is kept is the same for everyone who uses this device.
    const answer = await fetch(url, { credentials: 'omit', cache: 'no-cache' });
    if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
    await cache.put(url, answer);
  }));
}

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('notes-') && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && WAYS_OUT.includes(url.pathname)) event.respondWith(leave(request, url.pathname));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request, url));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request, url.pathname));
  else if (DATA.includes(url.pathname + url.search)) event.respondWith(file(request, url.pathname + url.search));
});

async function page(request, url) {
  // What somebody came to do at once, and can.
  const isNow = url.pathname === PAGES.now || PAGES.moving.includes(url.pathname);
  try {
    await leaveNow();
    const answer = await (isNow ? inTime(fetch(request)) : fetch(request));
    if (answer.status < 500 || !isNow) return answer;
  } catch {
    // No network, or none that answers: what was kept must do.
  }
  return (await caches.match(shellFor(url))) ?? Response.error();
}

function shellFor({ pathname, search }) {
  // The kept help page knows one country; who chose another finds it in the shell.
  if (pathname === PAGES.help) return search ? PAGES.care : PAGES.help;
  if (PAGES.moving.includes(pathname)) return PAGES.move;
  return PAGES.rooms.some((room) => pathname.startsWith(room)) ? PAGES.care : PAGES.shell;
}

// Somebody left, and the server has not heard of it or could not do it. It must, before any
// page is shown again. Kept apart from the files, which go when a newer worker comes.
const LEFT = '/left';
const LEAVING = 'leaving';

async function leave(request, path) {
  // Today's minutes and a session under way were for the one who leaves.
  indexedDB.deleteDatabase('notes-kept');
  let answer;
  try {
    answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch (problem) {
    answer = problem;
  }
  await (await caches.open(LEAVING)).put(LEFT, new Response(path === PAGES.out ? 'out=1' : ''));
  if (answer instanceof Response) return answer;
  throw answer;
}

async function leaveNow() {
  const left = await caches.match(LEFT);
  if (!left) return;
  const body = new URLSearchParams(await left.text());
  const answer = await fetch(PAGES.leave, { method: 'POST', redirect: 'manual', body });
  if (answer.status >= 400) throw new Error('still here');
  await caches.delete(LEAVING);
}

function inTime(answer) {
  return Promise.race([
    answer,
    new Promise((_, reject) => { setTimeout(reject, PATIENCE, new Error('no answer')); }),
  ]);
}

async function file(request, path) {
  return (await caches.match(path)) ?? fetch(request);
}
{% endautoescape %}
