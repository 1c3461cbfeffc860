import type { Generator } from '#models/generator.ts'
import { pipeline } from './ask-for-sql.ts'
import { measureSpeed, processMemoryText, warmTimes, withoutKeptPrefix } from './bench-answer.ts'
import type { DatasetCase } from './datasets/dataset-case.ts'
import { readHeldBack } from './datasets/held-back.ts'
import { type CaseResult, evaluate, quantile, summarise } from './evaluate.ts'
import type { Measured } from './measured.ts'
import { plainPrompt } from './plain-prompt.ts'
import { runShop } from './run-shop.ts'
import { openScorer } from './score/open-scorer.ts'
import type { Solver } from './solver.ts'

const SCORING = { maxRows: 200_000, deadlineMs: 30_000 }

/** Spider's execution accuracy on held-back questions: the plain prompt, or the pipeline that answers people. Gives every case's result. */
export async function evaluateHeldBack(
  measured: Measured,
  { spider, limit, plain }: { spider: string; limit: number; plain: boolean },
): Promise<CaseResult[]> {
  const cases = await readHeldBack(spider, limit)
  const solve = plain ? plainSolver(measured) : pipelineSolver(measured, measured.generator)
  const results = await runCases(measured, cases, solve)
  measured.print(JSON.stringify({ setting: plain ? 'plain' : 'pipeline', ...summarise(results) }))
  return results
}

/** The 40 everyday questions of the sample shop. */
export async function evaluateShop(
  measured: Measured,
  { shop, today }: { shop: string; today: string },
): Promise<number> {
  const database = await measured.databases.open(shop)
  const results = await runShop({
    ...measured,
    assistant: measured.assistantOver(measured.generator),
    shop,
    today,
    run: async (sql) => (await database.run(sql, SCORING)).outcome,
    onResult: ({ right, question, sql, said, ms }) =>
      measured.print(`${right ? '✓' : '✗'} ${question} (${Math.round(ms)} ms)${right ? '' : `\n    ${sql ?? said}`}`),
  })
  const right = results.filter((result) => result.right).length
  measured.print(
    JSON.stringify({
      n: results.length,
      right,
      p50Ms: quantile(
        results.map(({ ms }) => ms),
        0.5,
      ),
    }),
  )
  return right
}

/**
 * Time from question to rows once a database's schema has been read (warm), with the kept prefix and, on the same questions in the same
 * run, without it; speed of plain decoding; memory of the process tree. Prints medians and one line of JSON.
 */
export async function benchAnswer(
  measured: Measured,
  { spider, limit }: { spider: string; limit: number },
): Promise<void> {
  const cases = await readHeldBack(spider, limit)
  const speed = await measureSpeed(measured.generator)
  const kept = warmTimes(cases, await runCases(measured, cases, pipelineSolver(measured, measured.generator)))
  const memory = processMemoryText()
  const solver = pipelineSolver(measured, withoutKeptPrefix(measured.generator))
  const unkept = warmTimes(cases, await runCases(measured, cases, solver))
  const quantiles = (times: number[]) => ({
    n: times.length,
    p50Ms: Math.round(quantile(times, 0.5)),
    p95Ms: Math.round(quantile(times, 0.95)),
  })
  measured.print(memory)
  measured.print(JSON.stringify({ speed, warm: quantiles(kept), withoutKeptPrefix: quantiles(unkept) }))
}

function plainSolver({ generator, databases }: Measured): Solver {
  const schemaOf = async (one: DatasetCase) => (await databases.open(await databases.borrow(one.file))).schema
  return plainPrompt({ generator, schemaOf })
}

function pipelineSolver({ assistantOver, databases, asker }: Measured, generator: Generator): Solver {
  return pipeline({ assistant: assistantOver(generator), asker, idOf: (one) => databases.borrow(one.file) })
}

async function runCases(measured: Measured, cases: DatasetCase[], solve: Solver): Promise<CaseResult[]> {
  const { print, signal } = measured
  const scorer = openScorer({ processes: 1 })
  try {
    return await evaluate({
      cases,
      solve,
      scorer,
      signal,
      onResult: ({ verdict, question, sql, message }, done) =>
        print(`${done}/${cases.length} ${verdict}: ${question}\n    ${sql ?? ''}${message ? ` -- ${message}` : ''}`),
    })
  } finally {
    await scorer.close()
  }
}
