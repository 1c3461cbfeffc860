import { advised, RowbotError } from '#core/rowbot-error.ts'

type Askable = {
  list(): { id: string; name: string }[]
  open(id: string): Promise<{ run(sql: string): Promise<{ outcome: { kind: string; message?: string } }> }>
}

/** Runs a query on every database and gives their names. Throws the first failure, with the name of the database. */
export async function askEach(databases: Askable): Promise<string[]> {
  const names: string[] = []
  for (const { id, name } of databases.list()) {
    try {
      const { outcome } = await (await databases.open(id)).run('SELECT 1')
      if (outcome.kind !== 'rows') throw new Error(outcome.message)
    } catch (cause) {
      const { code, message, advice } = advised(cause)
      throw new RowbotError({ code, message: `${name} cannot be asked. ${message}`, advice, cause })
    }
    names.push(name)
  }
  return names
}
