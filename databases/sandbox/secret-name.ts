import { randomBytes } from 'node:crypto'

/** A name for something in a database that no SQL from outside can guess. */
export function secretName(): string {
  return `hidden_${randomBytes(16).toString('hex')}`
}

/** A message of SQLite's without such names. */
export function withoutSecrets(message: string): string {
  return message.replace(/hidden_[0-9a-f]{32}\.?/g, '')
}
