{% autoescape off %}// The worker keeps the shell of Hurting now, the help page and their files, and never a
// page with somebody's words in it. Pages come from the network first.
const CACHE = 'notes-{{ version }}';
const FILES = {{ files }};
const PAGES = {{ pages }};
// A network that is there but does not answer: someone in pain does not wait for it longer.
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES, PAGES.shell, PAGES.help].map(async (url) => {
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
  if (request.method === 'POST' && url.pathname === PAGES.leave) event.respondWith(leave(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request, url.pathname));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

async function page(request, path) {
  const isNow = path === PAGES.now;
  try {
    await leaveNow();
    const answer = await (isNow ? inTime(fetch(request)) : fetch(request));
    if (answer.status < 500 || !isNow) return answer;
  } catch {
    // No network, or none that answers: what was kept must do.
  }
  const kept = await caches.match(path === PAGES.help ? PAGES.help : PAGES.shell);
  return kept ?? Response.error();
}

// Somebody left without a network: the server has not heard of it. It must, before any
// page is shown again.
const LEFT = '/left';

async function leave(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    await (await caches.open(CACHE)).put(LEFT, new Response());
    throw problem;
  }
}

async function leaveNow() {
  if (!(await caches.match(LEFT))) return;
  await fetch(PAGES.leave, { method: 'POST', redirect: 'manual' });
  await (await caches.open(CACHE)).delete(LEFT);
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
