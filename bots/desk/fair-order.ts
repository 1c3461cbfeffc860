type Waiting = { questionId: string; personId: string; channel: string }

/** Whose turn it is: people and channels take turns, so that who asks much waits longer than who asks once. */
export type Turns = {
  /** Those that wait, given in order of acceptance, in the order in which they will be worked on. */
  order<One extends Waiting>(waiting: One[]): One[]
  /** Work on one of them began. */
  served(one: Waiting): void
}

/** Remembers who was served when, for as long as that can matter. */
export function createTurns(): Turns {
  let turn = 0
  const last = new Map<string, number>()
  const serve = (turns: Map<string, number>, { personId, channel }: Waiting, at: number) => {
    for (const who of [personId, channel]) {
      turns.delete(who)
      turns.set(who, at)
    }
  }
  return {
    order(waiting) {
      const turns = new Map(last)
      const left = [...waiting]
      const ordered: typeof waiting = []
      for (let at = turn + 1; left.length > 0; at++) {
        const next = left.reduce((best, one) => (since(turns, one) < since(turns, best) ? one : best))
        left.splice(left.indexOf(next), 1)
        serve(turns, next, at)
        ordered.push(next)
      }
      return ordered
    },
    served(one) {
      serve(last, one, ++turn)
      for (const oldest of last.keys()) {
        if (last.size <= MOST_REMEMBERED) break
        last.delete(oldest)
      }
    },
  }
}

const MOST_REMEMBERED = 10_000

/** The person counts first: whoever was just served waits, in whatever channel they ask next. */
function since(turns: Map<string, number>, { personId, channel }: Waiting): number {
  return (turns.get(personId) ?? 0) * 2 + (turns.get(channel) ?? 0)
}
