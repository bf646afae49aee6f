/** Keeps writing in this browser, in IndexedDB, for as long as the archive cannot be reached: one entry an opened form. */

/** @typedef {{key: string, author: string, place: string, stamp: number, body: string}} Entry what was typed into a form, as it is sent */

const STORE = "unsent";

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("lamplight", 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE, { keyPath: "key" }));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

/** Does something in a transaction that is on the disk before it is over. @param {(store: IDBObjectStore) => IDBRequest} deed */
async function within(mode, deed) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = deed(transaction.objectStore(STORE));
      transaction.addEventListener("complete", () => resolve(request.result));
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
  } finally {
    database.close();
  }
}

export const shelf = {
  /** @param {Entry} entry */
  put: (entry) => within("readwrite", (store) => store.put(entry)),

  /** @returns {Promise<Entry[]>} what this author typed */
  of: async (author) => (await within("readonly", (store) => store.getAll())).filter((entry) => entry.author === author),

  /** Lets go of an entry, unless more was typed since. @param {string} key @param {number} stamp */
  drop: async (key, stamp) => {
    const entry = await within("readonly", (store) => store.get(key));
    if (entry && entry.stamp <= stamp) await within("readwrite", (store) => store.delete(key));
  },
};
