/**
 * Whether batches are evaluated faster with all threads or with one spared. The threads wait for each other after every step of a layer, so
 * one that is not scheduled at once holds up all: on two cores beside another busy process two threads write 7 tokens a second where one
 * writes 80, and on an idle machine a prompt is read twice as fast with two. No rule fits all machines and hours, so both are timed.
 */
export type ThreadChoice = {
  /** Whether the next batch, of so many rows, leaves one thread idle. */
  spare(rows: number): boolean
  /** How long a batch took. */
  took(rows: number, spared: boolean, ms: number): void
}

/** Milliseconds a row, averaged over the latest batches; undefined where that was never tried. */
type Pace = { all: number | undefined; spared: number | undefined; batches: number; pause: number }

/** Fewer rows than the matrix kernels of the CPU are made for: more threads mostly wait there. */
const SMALL_BATCH_ROWS = 4
const LARGEST_CLASS = 5
const WEIGHT_OF_LATEST = 0.3
/** Batches before a try of what is slower now; doubled by each try in vain. */
const SHORTEST_PAUSE = 1
const LONGEST_PAUSE = 256

/** Keeps the times of batches of like size together, since what is faster differs with the size. */
export function createThreadChoice(): ThreadChoice {
  const paces = new Map<number, Pace>()
  const paceOf = (rows: number) => {
    const size = Math.min(Math.floor(Math.log2(Math.max(rows, 1))), LARGEST_CLASS)
    const pace = paces.get(size) ?? { all: undefined, spared: undefined, batches: 0, pause: SHORTEST_PAUSE }
    paces.set(size, pace)
    return pace
  }
  return {
    spare(rows) {
      const pace = paceOf(rows)
      const faster = sparingIsFaster(pace, rows)
      return pace.batches >= pace.pause ? !faster : faster
    },
    took(rows, spared, ms) {
      const pace = paceOf(rows)
      const tried = pace.batches >= pace.pause
      const key = spared ? 'spared' : 'all'
      const before = pace[key]
      pace[key] = before === undefined || tried ? ms / rows : before + WEIGHT_OF_LATEST * (ms / rows - before)
      if (!tried) {
        pace.batches++
        return
      }
      const inVain = sparingIsFaster(pace, rows) !== spared
      pace.pause = inVain ? Math.min(2 * pace.pause, LONGEST_PAUSE) : SHORTEST_PAUSE
      pace.batches = 0
    },
  }
}

function sparingIsFaster({ all, spared }: Pace, rows: number): boolean {
  if (all === undefined || spared === undefined) return rows < SMALL_BATCH_ROWS
  return spared < all
}
