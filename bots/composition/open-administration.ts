import type { Config } from '#core/config.ts'
import type { State } from '#databases/state/open-state.ts'
import { type Administration, createAdministration } from '../desk/administration.ts'

/** Administration over what is remembered, for whoever runs this installation. */
export function openAdministration(state: State, settings: Config): Administration {
  return createAdministration({ memory: state, databases: state.databases, settings })
}
