import type { Config } from '#core/config.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { places } from './open-rooms.ts'

/** Opens what is remembered, without databases or model, for one piece of work. */
export async function withState<T>({ home }: Pick<Config, 'home'>, work: (state: State) => Promise<T> | T): Promise<T> {
  const state = openState({ path: places(home).state })
  try {
    return await work(state)
  } finally {
    state.close()
  }
}
