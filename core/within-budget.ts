/** What work under a budget is given: a signal for what may be cut off, and the way to say that there is enough. */
export type Budget = { signal: AbortSignal; enough: () => void }

/** Does work that ends when its time is up or it has enough: undefined then. Rejects with the reason of `signal` where that is aborted. */
export async function withinBudget<Result>(
  budgetMs: number,
  signal: AbortSignal,
  work: (budget: Budget) => Promise<Result>,
): Promise<Result | undefined> {
  const over = new AbortController()
  const enough = () => over.abort()
  const timer = setTimeout(enough, budgetMs)
  try {
    return await work({ signal: AbortSignal.any([signal, over.signal]), enough })
  } catch (error) {
    signal.throwIfAborted()
    if (error !== over.signal.reason) throw error
  } finally {
    clearTimeout(timer)
  }
}
