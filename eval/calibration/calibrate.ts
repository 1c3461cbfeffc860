import { judgeOf, modelKey } from '#core/confidence/judge-answer.ts'
import type { Measured } from '../measured.ts'
import { judgeAnswers } from '../refusals/judged-answer.ts'
import { refusalCases } from '../refusals/refusal-cases.ts'
import { refit } from './refit.ts'
import { calibrationError, drawReliability, reliability } from './reliability.ts'

/**
 * Whether answers are right as often as their confidence says, on held-back questions. With `fit`, questions without an answer are asked
 * too, and the weights of confidence and refusals are fitted to the answers of the model in use.
 */
export async function calibrate(
  measured: Measured,
  flags: { spider: string; limit: number; answers?: string; fit?: boolean },
): Promise<void> {
  const { databases, print } = measured
  const all = await refusalCases(flags, async (file) => (await databases.open(await databases.borrow(file))).schema)
  const cases = flags.fit ? all : all.filter(({ kind }) => kind === 'answerable')
  const answers = await judgeAnswers(measured, cases, flags.answers)
  const judge = judgeOf(measured.generator.identity)
  const sure = answers.flatMap(({ signals, right }) => {
    const confidence = signals && judge.confidence(signals)
    return confidence === null || right === null ? [] : [{ confidence, right }]
  })
  const bins = reliability(sure)
  if (flags.fit) await refit(answers, modelKey(measured.generator.identity), print)
  else print(drawReliability(bins))
  print(JSON.stringify({ n: sure.length, weights: flags.fit ? 'before' : 'in use', ece: calibrationError(bins) }))
}
