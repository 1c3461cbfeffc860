import { open as openFile, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { groupBy } from '#core/group-by.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { linesOf } from '../export/output-format.ts'
import { renderExample } from '../export/render-example.ts'
import { headOf } from '../export/training-file.ts'
import { type SampleCase, type SampleParts, sampleCase } from './sample-case.ts'

export type SamplingParts = SampleParts & {
  cases: SampleCase[]
  open(file: string): Promise<OpenDatabase>
  /** The model that is to learn from it, which need not be the one that writes. */
  base: { name: string; hash: string }
  seed: number
  print(line: string): void
}

/** What was done: questions now, before, and examples that came of them. */
export type Sampling = { asked: number; before: number; examples: number }

/**
 * Has a model write several queries for each question and keeps what can be learnt from them, in the format of the export: a line a question,
 * so that a run that was stopped goes on with the same file.
 */
export async function sampleTraining(parts: SamplingParts, toFile: string): Promise<Sampling> {
  const head = { ...headOf({ generator: parts.generator, seed: parts.seed, now: parts.now }), base: parts.base }
  const { done, text } = await readDone(toFile, head)
  const file = await openFile(toFile, 'w')
  const counts: Sampling = { asked: 0, before: done.size, examples: 0 }
  try {
    // Whatever a run that was cut off left of its last line is gone with this.
    await file.write(text)
    const left = parts.cases.filter(({ id }) => !done.has(id))
    for (const [path, cases] of groupBy(left, (one) => one.file)) {
      const database = await parts.open(path)
      await database.values.ready
      for (const one of cases) {
        parts.signal.throwIfAborted()
        const examples = await sampleCase(one, database, parts)
        const rendered = examples.map((example) => renderExample(example, { ...database, generator: parts.generator }))
        const [pack = { prefix: [], examples: [] }] = linesOf(rendered, 'rowbot')
        await file.write(`${JSON.stringify({ id: one.id, ...(pack as object) })}\n`)
        counts.asked++
        counts.examples += examples.length
      }
      parts.print(`${cases[0]?.database}: ${cases.length}`)
    }
    return counts
  } finally {
    await file.close()
  }
}

type Head = ReturnType<typeof headOf>

/** Whole lines that are there already, and which questions they are of. */
async function readDone(path: string, head: Head): Promise<{ done: Set<string>; text: string }> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole === '') return { done: new Set(), text: `${JSON.stringify(head)}\n` }
  const [first = '', ...lines] = whole.trimEnd().split('\n')
  const before = headLine.safeParse(parseLine(first))
  if (!before.success || before.data.promptVersion !== head.promptVersion || before.data.base.hash !== head.base.hash)
    throw new RowbotError({
      code: 'other-samples',
      message: `${path} was not sampled for this model and these prompts.`,
      advice: 'Choose another file, or remove that one.',
    })
  const ids = lines.map((line, index) => {
    const read = sampleLine.safeParse(parseLine(line))
    if (read.success) return read.data.id
    throw new RowbotError({
      code: 'bad-training-data',
      message: `${path}, line ${index + 2}: this is no line of samples.`,
      advice: 'Remove that line, or the file.',
    })
  })
  return { done: new Set(ids), text: whole }
}

const headLine = z.object({ promptVersion: z.string(), base: z.object({ hash: z.string() }) })
const sampleLine = z.object({ id: z.string() })

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
