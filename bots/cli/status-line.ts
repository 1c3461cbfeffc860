import type { Update } from '../conversation/conversation.ts'
import type { Terminal } from './host.ts'

/** Back to the start of the line, and wipes it. */
export const CLEAR_LINE = '\r\u001b[2K'

/** One line of progress that is overwritten in place, and is gone once the reply is there. Nothing where no person watches. */
export function createStatusLine(terminal: Terminal): { show(update: Update): void; end(): void } {
  if (!terminal.interactive) return { show: () => {}, end: () => {} }
  let sql = ''
  return {
    show(update) {
      sql = update.type === 'writing' ? sql + update.piece : ''
      const text = progressText(update, sql).replace(/\s+/g, ' ')
      terminal.notice(CLEAR_LINE + text.slice(0, Math.max(terminal.width - 1, 1)))
    },
    end: () => terminal.notice(CLEAR_LINE),
  }
}

function progressText(update: Update, sql: string): string {
  switch (update.type) {
    case 'database':
      return `reading ${update.name}…`
    case 'tables':
      return `tables: ${update.tables.join(', ')}`
    case 'writing':
      return `writing SQL… ${sql}`
    case 'running':
      return `running… ${update.sql}`
    case 'attempt':
      return update.attempt.ok ? 'ran' : `did not work (${update.attempt.outcome}), trying again…`
    case 'reply':
      return ''
  }
}
