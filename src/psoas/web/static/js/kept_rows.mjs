// What is kept on this device for doing today's minutes, as rows of one store. Knows nobody, so
// that every page may throw something away without loading what asks for whom it was kept.
import { KEPT } from './forget.mjs';

export const FIGURE = 'figure:';
let opening;
// Somebody left in another tab: from then on nothing is kept from this one either.
let gone = false;

function database() {
  if (gone) return Promise.reject(new Error('left'));
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(KEPT, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    request.onsuccess = () => {
      request.result.onversionchange = () => { gone = true; request.result.close(); };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

export async function inStore(mode, work) {
  const transaction = (await database()).transaction('kept', mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const request = work(transaction.objectStore('kept'));
  await done;
  return request.result;
}

// One after the other: what was dropped must not be put back by what was begun before.
let last = Promise.resolve();
export function inOrder(work) {
  last = last.then(work, work);
  return last;
}

export const drop = (name) => inOrder(() => inStore('readwrite', (store) => store.delete(name)));

// The routine and its figures, put together from another state of things than ``stamp`` names.
// Looked at and dropped in one: what was put together anew meanwhile stays. The session under way
// stays as what was done, and without a routine it is not gone on with.
export const dropOthers = (stamp) => inOrder(() => inStore('readwrite', (store) => {
  const asked = store.get('routine');
  asked.onsuccess = () => {
    if (!asked.result || asked.result.value.stamp === stamp) return;
    store.delete('routine');
    store.delete(IDBKeyRange.bound(FIGURE, `${FIGURE}\uffff`));
  };
  return asked;
}));
