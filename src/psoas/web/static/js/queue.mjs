// Entries written on this device that the server has not acknowledged yet, in IndexedDB.
// One record an entry: {id, owner, made_at, kind, body, tries, refused?, undone?}.
const NAME = 'notes-outbox';

let opening;
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('entries', { keyPath: 'id' });
      request.result.createObjectStore('device');
    };
    request.onsuccess = () => {
      // A newer version of this page in another tab may need to change the stores.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function inStore(name, mode, work) {
  const transaction = (await database()).transaction(name, mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const request = work(transaction.objectStore(name));
  // Not before the transaction is complete is an entry really on the device.
  await done;
  return request.result;
}

export async function all() {
  const items = await inStore('entries', 'readonly', (store) => store.getAll());
  return items.sort((a, b) => a.made_at.localeCompare(b.made_at));
}
// Read and write in one transaction, so that two tabs cannot overwrite each other.
// ``update`` gets the record (or undefined); what it returns is kept, nothing means dropped.
export function change(id, update) {
  let now;
  return inStore('entries', 'readwrite', (store) => {
    const reading = store.get(id);
    reading.onsuccess = () => {
      now = update(reading.result);
      if (now) store.put(now);
      else store.delete(id);
    };
    return reading;
  }).then(() => now);
}
export const find = (id) => inStore('entries', 'readonly', (store) => store.get(id));
export const keep = (item) => inStore('entries', 'readwrite', (store) => store.put(item));
export const drop = (id) => inStore('entries', 'readwrite', (store) => store.delete(id));

// The last person who was signed in here, by a number that names nobody: without a
// network it says for whom an entry is kept.
export const owner = () => inStore('device', 'readonly', (store) => store.get('owner'));
export const setOwner = (id) => inStore('device', 'readwrite', (store) => store.put(id, 'owner'));

// What this device was told once: which country's numbers to show.
export const recall = (name) => inStore('device', 'readonly', (store) => store.get(name));
export const remember = (name, value) => inStore('device', 'readwrite', (store) => store.put(value, name));
