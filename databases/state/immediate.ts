/** Takes the write lock at once: a transaction that reads first and writes later cannot wait for another writer. */
export const IMMEDIATE = { behavior: 'immediate' } as const
