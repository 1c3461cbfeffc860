/** For signs of life beside the work, which meets whatever is wrong by itself and says it. */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // Said by the work.
  }
}
