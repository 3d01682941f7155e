// Today's minutes, their figures and the session under way, kept on this device for the one who
// was signed in last: {name: {owner, value}}. Goes on Leave, on signing out and when locked.
import { FIGURE, drop, inOrder, inStore } from './kept_rows.mjs';
import { ownerHere } from './outbox.mjs';

export { FIGURE, drop };

// Two people may share a device: what one kept is nothing to the other.
export async function recall(name) {
  const [owner, kept] = await Promise.all([ownerHere(), inStore('readonly', (store) => store.get(name))]);
  return owner && kept?.owner === owner ? kept.value : undefined;
}

export const keep = (name, value) => inOrder(async () => {
  const owner = await ownerHere();
  if (owner) await inStore('readwrite', (store) => store.put({ owner, value }, name));
});

// Only the figures of this routine: others lie here no longer than they are needed.
export async function keepOnly(prefix, names) {
  const keys = await inStore('readonly', (store) => store.getAllKeys());
  await Promise.all(keys.filter((key) => key.startsWith(prefix) && !names.includes(key)).map(drop));
}
