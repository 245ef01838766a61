// What this browser kept of a note that was signed meanwhile, in another page or on another computer. It is in no note, and nobody may
// write in that one any more: the person is told, and decides.
import { openCopy } from "./note-copy.js";

const textsOf = what => Object.fromEntries([
  ...Object.entries(what.fields ?? {}).map(([path, { text }]) => [path, text]),
  ...Object.entries(what.local ?? {}),
]);

/**
 * @param page the server's side: FindKey
 * @param about { noteId, personId, key }
 * @returns what pages that are gone left, the oldest first: { name, at, texts }
 */
export async function find(page, about) {
  const copy = await openCopy(about);
  try {
    return (await copy.earlier(id => page.invokeMethodAsync("FindKey", id))).map(({ name, at, what }) => ({ name, at, texts: textsOf(what) }));
  } finally {
    copy.close();
  }
}

export function forget(names) {
  for (const name of names) localStorage.removeItem(name);
}
