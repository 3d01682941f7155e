// What was kept on this device for doing today's minutes without a network goes with whoever
// leaves. Entries that still wait to be sent lie elsewhere, and stay.
export const KEPT = 'notes-kept';

export function forget() {
  try {
    indexedDB.deleteDatabase(KEPT);
  } catch {
    // A browser without it kept nothing.
  }
}
