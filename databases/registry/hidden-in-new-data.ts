import type { SensitiveColumn } from '../sandbox/executor.ts'
import { foldName } from '../schema/quote-name.ts'

/**
 * The columns to keep back of new data in which `columns` are, where `hidden` were kept back of the old. A table of a
 * CSV file bears the file's name, so a hidden column may come back in another table: where one is not where it was, all
 * columns of its name are kept back. The warnings say so of what was in the data `before`, and of what is kept back from
 * now on. Hidden columns stay listed, since the next data may have them.
 */
export function hiddenInNewData(hidden: SensitiveColumn[], columns: SensitiveColumn[], before: SensitiveColumn[]) {
  const gone = hidden.filter((column) => !holdsColumn(columns, column))
  const wasThere = (column: SensitiveColumn) => holdsColumn(before, column)
  const inTurn = [...gone.filter(wasThere), ...gone.filter((column) => !wasThere(column))]
  const sensitive = [...hidden]
  const warnings: string[] = []
  for (const column of inTurn) {
    const namesakes = columns.filter((one) => foldName(one.column) === foldName(column.column))
    const keptNow = namesakes.filter((one) => !holdsColumn(sensitive, one))
    sensitive.push(...keptNow)
    if (wasThere(column) || keptNow.length > 0) warnings.push(aboutGone(column, namesakes))
  }
  return { sensitive, warnings }
}

/** Whether a column is among others, by their names as SQLite compares them. */
export function holdsColumn(columns: SensitiveColumn[], { table, column }: SensitiveColumn): boolean {
  return columns.some((one) => foldName(one.table) === foldName(table) && foldName(one.column) === foldName(column))
}

function aboutGone({ table, column }: SensitiveColumn, namesakes: SensitiveColumn[]): string {
  const what = `${table}.${column}, which was kept back, is not in the new data`
  if (namesakes.length === 0) return `${what}. If it has another name now, keep that back.`
  return `${what}. Kept back instead: ${namesakes.map((one) => `${one.table}.${one.column}`).join(', ')}.`
}
