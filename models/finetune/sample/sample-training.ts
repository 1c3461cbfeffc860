import { appendFile, open as openFile, readFile, truncate } from 'node:fs/promises'
import { z } from 'zod'
import { groupBy } from '#core/group-by.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { linesOf } from '../export/output-format.ts'
import { asJson, parseLine } from '../export/parse-line.ts'
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
 * so that a run that was stopped goes on with the same file. Whatever is in the file already is left as it is.
 */
export async function sampleTraining(parts: SamplingParts, toFile: string): Promise<Sampling> {
  const done = await goOnWith(toFile, headOfSamples(parts))
  const file = await openFile(toFile, 'a')
  const counts: Sampling = { asked: 0, before: done.size, examples: 0 }
  try {
    const left = parts.cases.filter(({ id }) => !done.has(id))
    for (const [path, cases] of groupBy(left, (one) => one.file)) {
      const database = await parts.open(path)
      await database.values.ready
      for (const one of cases) {
        parts.signal.throwIfAborted()
        const examples = await sampleCase(one, database, parts)
        const rendered = examples.map((example) => renderExample(example, { ...database, generator: parts.generator }))
        const [pack = { prefix: [], examples: [] }] = linesOf(rendered, 'rowbot')
        await file.appendFile(`${JSON.stringify({ id: one.id, ...(pack as object) })}\n`)
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

type Head = ReturnType<typeof headOfSamples>

/** What every line of a file has in common: samples that came about otherwise do not belong into it. */
function headOfSamples({ generator, seed, now, base, judging, samples }: SamplingParts) {
  const { name, hash, adapter = null } = generator.identity
  return { ...headOf({ generator, seed, now }), base, writer: { name, hash, adapter }, judgedBy: judging, samples }
}

/** Takes what a run that was cut off left of its last line off the file, and begins one that is new. Gives the questions that are done. */
async function goOnWith(path: string, head: Head): Promise<Set<string>> {
  const content = await contentOf(path)
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1)
  const [first, ...lines] = whole.toString('utf8').split('\n').slice(0, -1)
  const begun = `${JSON.stringify(head)}\n`
  if (first === undefined && !begun.startsWith(content.subarray(0, BEGINNING).toString('utf8'))) throw noSamples(path)
  if (first !== undefined) checkHead(first, head, path)
  const done = lines.map((line, index) => {
    const place = { file: path, number: index + 2, expected: "a question's id and its samples", advice: REMOVE }
    return parseLine(line, sampleLine, place).id
  })
  if (whole.length < content.length) await truncate(path, whole.length)
  if (first === undefined) await appendFile(path, begun)
  return new Set(done)
}

/** Bytes by which the beginning of a first line that was cut off is known. */
const BEGINNING = 16
const REMOVE = 'Remove that line, or choose another file.'

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** Refuses a file that was begun with other models, prompts or flags: a file has one head for all of its lines. */
function checkHead(line: string, head: Head, path: string): void {
  const before = headLine.safeParse(asJson(line)).data
  if (!before) throw noSamples(path)
  const { writer } = before
  const isOther = {
    'for other prompts': before.promptVersion !== head.promptVersion,
    [`for another model (${before.base.name})`]: before.base.hash !== head.base.hash,
    [`by another model or adapter (${writer.name})`]:
      writer.hash !== head.writer.hash || writer.adapter !== head.writer.adapter,
    [`with --judged-by ${before.judgedBy}`]: before.judgedBy !== head.judgedBy,
    [`with --samples ${before.samples}`]: before.samples !== head.samples,
  }
  const others = Object.keys(isOther).filter((one) => isOther[one])
  if (others.length === 0) return
  throw new RowbotError({
    code: 'other-samples',
    message: `${path} was sampled ${others.join(', ')}: these samples must not be mixed with those.`,
    advice: 'Choose another file, or go on with the flags and the model that it was begun with.',
  })
}

function noSamples(path: string): RowbotError {
  return new RowbotError({
    code: 'other-samples',
    message: `${path} is no file that this version of \`rowbot train sample\` began.`,
    advice: 'Choose another file, or remove that one.',
  })
}

const headLine = z.object({
  promptVersion: z.string(),
  base: z.object({ name: z.string(), hash: z.string() }),
  writer: z.object({ name: z.string(), hash: z.string(), adapter: z.string().nullable() }),
  judgedBy: z.enum(['gold', 'vote']),
  samples: z.number(),
})
const sampleLine = z.object({ id: z.string() })
