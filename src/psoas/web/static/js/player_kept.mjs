// Today's minutes, their figures and the session under way, kept on this device for the one who
// was signed in last: {name: {owner, value}}. Goes on Leave, on signing out and when locked.
import { KEPT } from './forget.mjs';
import { ownerHere } from './outbox.mjs';

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

async function inStore(mode, work) {
  const transaction = (await database()).transaction('kept', mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const request = work(transaction.objectStore('kept'));
  await done;
  return request.result;
}

// Two people may share a device: what one kept is nothing to the other.
export async function recall(name) {
  const [owner, kept] = await Promise.all([ownerHere(), inStore('readonly', (store) => store.get(name))]);
  return owner && kept?.owner === owner ? kept.value : undefined;
}

// One after the other: what was dropped must not be put back by what was begun before.
let last = Promise.resolve();
function inOrder(work) {
  last = last.then(work, work);
  return last;
}

export const keep = (name, value) => inOrder(async () => {
  const owner = await ownerHere();
  if (owner) await inStore('readwrite', (store) => store.put({ owner, value }, name));
});

export const drop = (name) => inOrder(() => inStore('readwrite', (store) => store.delete(name)));

// Only the figures of this routine: others lie here no longer than they are needed.
export async function keepOnly(prefix, names) {
  const keys = await inStore('readonly', (store) => store.getAllKeys());
  await Promise.all(keys.filter((key) => key.startsWith(prefix) && !names.includes(key)).map(drop));
}
