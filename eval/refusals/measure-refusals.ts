import { judgeOf } from '#core/confidence/judge-answer.ts'
import type { Measured } from '../measured.ts'
import { judgeAnswers } from './judged-answer.ts'
import { refusedAt, sayRefused, thresholdFor } from './recognised.ts'
import { refusalCases } from './refusal-cases.ts'

/** How many questions without an answer are recognised by the weights in use, at their threshold and at 5 % false refusals. */
export async function measureRefusals(
  measured: Measured,
  flags: { spider: string; limit: number; answers?: string },
): Promise<void> {
  const { databases, print } = measured
  const cases = await refusalCases(flags, async (file) => (await databases.open(await databases.borrow(file))).schema)
  const judged = await judgeAnswers(measured, cases, flags.answers)
  const judge = judgeOf(measured.generator.identity)
  const scored = judged.map((answer) => ({
    answer,
    probability: answer.signals ? judge.unanswerable(answer.signals) : 1,
  }))
  const atFive = thresholdFor(scored, 0.05)
  print(sayRefused('at the threshold in use', refusedAt(scored, judge.refuseFrom)))
  print(sayRefused(`at 5 % false refusals (threshold ${atFive.toFixed(3)})`, refusedAt(scored, atFive)))
  print(JSON.stringify({ inUse: refusedAt(scored, judge.refuseFrom), atFivePercent: refusedAt(scored, atFive) }))
}
