import type { Config } from '#core/config.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { State } from '#databases/state/open-state.ts'
import type { KnowledgeHost } from '../cli/knowledge-host.ts'
import { readKept } from '../conversation/past-questions.ts'
import type { Reviews } from '../conversation/reviews.ts'
import type { Administration } from '../desk/administration.ts'
import { openAdministration } from './open-administration.ts'
import { openReviews } from './open-reviews.ts'
import { localAsker } from './open-rooms.ts'
import { withState } from './with-state.ts'

/** What the commands about audit log, glossary and review list do. */
export function knowledgeHost(readConfig: () => Config): KnowledgeHost {
  const remembered = <T>(work: (state: State) => Promise<T> | T) => withState(readConfig(), work)
  const administered = <T>(work: (administration: Administration, state: State) => T) => {
    const config = readConfig()
    return withState(config, (state) => work(openAdministration(state, config), state))
  }
  const reviewed = <T>(work: (reviews: Reviews) => Promise<T> | T) =>
    remembered((state) => {
      const get = async (questionId: string, asker: Parameters<typeof readKept>[2]) =>
        readKept(state.questions, questionId, asker)
      return work(openReviews(state, { get }))
    })
  return {
    audit: (days) => administered(({ auditCsv }) => auditCsv(days)),
    glossary: {
      list: (database) => remembered((state) => state.glossary.list(idOf(state, database))),
      put: (database, entry) =>
        administered(({ define }, state) => define(idOf(state, database), entry, localAsker(readConfig()).id)),
      remove: (database, term) => remembered((state) => state.glossary.remove(idOf(state, database), term)),
    },
    reviews: {
      list: () => reviewed((reviews) => reviews.list(localAsker(readConfig()))),
      settle: (questionId) => reviewed((reviews) => reviews.settle(questionId)),
      makeCase: (questionId, sql) => reviewed((reviews) => reviews.makeCase(questionId, sql)),
    },
  }
}

/** A database of any workspace, by id or name: whoever runs this installation may name them all. */
function idOf({ databases }: State, idOrName: string): string {
  const wanted = idOrName.toLowerCase()
  const found = databases.list().find(({ id, name }) => id === idOrName || name.toLowerCase() === wanted)
  if (found) return found.id
  throw new RowbotError({
    code: 'no-such-database',
    message: `There is no database called “${idOrName}”.`,
    advice: '`rowbot databases list` shows those that are registered.',
  })
}
