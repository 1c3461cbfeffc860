import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AnswerSignals } from '#core/confidence/answer-signals.ts'
import { type FittedModel, probability } from '#core/confidence/fitted-model.ts'
import type { JudgedAnswer } from '../refusals/judged-answer.ts'
import { refusedAt, sayRefused, thresholdFor } from '../refusals/recognised.ts'
import { crossValidate } from './cross-validate.ts'
import { fitLogistic } from './fit-logistic.ts'
import { calibrationError, drawReliability, reliability } from './reliability.ts'

const FITTED = fileURLToPath(new URL('../../core/confidence/fitted.json', import.meta.url))

/** Of the answers that are right, at most this share is held back; to refuse instead of a wrong one loses nothing. */
const MOST_HELD_BACK = 0.03

/** What only the model that wrote a query can tell: how likely it is, how undisputed, and how much of it had to be changed. */
const MODEL_SIGNALS = [
  'tokenLogProb',
  'firstTokenLogProb',
  'logProb',
  'agreement',
  'several',
  'changes',
  'noAnswer',
] as const

/** What question and query tell whichever model wrote it. */
const WORD_SIGNALS = [
  'empty',
  'doubtful',
  'unknownWords',
  'unknownShare',
  'subjectUnknown',
  'distance',
  'unknownThings',
  'vagueThings',
  'unusedShare',
  'unusedDistance',
  'unusedThings',
  'unusedAttributes',
  'madeUpNames',
  'unfounded',
] as const

/** What confidence is read from: the signals of the model, and how much of the question a query accounts for. */
const RIGHT_SIGNALS = [
  ...MODEL_SIGNALS,
  'empty',
  'doubtful',
  'unknownWords',
  'unusedShare',
  'unusedAttributes',
  'unfounded',
] as const

/** What tells a question that has no answer. */
const UNANSWERABLE_SIGNALS = [...MODEL_SIGNALS, ...WORD_SIGNALS] as const

type Judged = JudgedAnswer & { signals: AnswerSignals; came: boolean }

/**
 * Fits the weights of confidence and of refusals to a model's answers and saves them. What is printed was judged by weights of other
 * databases; the questions written by hand are never fitted to.
 */
export async function refit(answers: JudgedAnswer[], model: string, print: (line: string) => void): Promise<void> {
  const right = answers.flatMap((one) => (one.right === null ? [] : judged(one, one.right)))
  const confidences = crossValidate(right, RIGHT_SIGNALS)
  const bins = reliability(right.map(({ came }, at) => ({ confidence: confidences[at] ?? 0, right: came })))
  print(
    `confidence, unseen databases: expected calibration error ${calibrationError(bins).toFixed(3)}\n${drawReliability(bins)}`,
  )
  const byLikelihood = fitRefusals(answers, UNANSWERABLE_SIGNALS, print)
  print('the same for other models, by words alone:')
  const byWords = fitRefusals(answers, WORD_SIGNALS, print)
  const fitted = { model, right: fitLogistic(right, RIGHT_SIGNALS), ...byLikelihood, byWords }
  await writeFile(FITTED, `${JSON.stringify(fitted, null, 2)}\n`)
}

/** Weights that tell a question without an answer, and from where on it is refused. */
function fitRefusals(
  answers: JudgedAnswer[],
  names: readonly (keyof AnswerSignals)[],
  print: (line: string) => void,
): { unanswerable: FittedModel; refuseFrom: number } {
  const kinds = answers.flatMap((one) => judged(one, one.kind !== 'answerable'))
  const generated = kinds.filter(({ kind }) => kind !== 'by-hand')
  const unanswerable = fitLogistic(generated, names)
  const unseen = crossValidate(generated, names)
  const scored = [
    ...generated.map((answer, at) => ({ answer, probability: unseen[at] ?? 0 })),
    ...kinds
      .filter(({ kind }) => kind === 'by-hand')
      .map((answer) => ({ answer, probability: probability(unanswerable, answer.signals) })),
    ...answers.filter(({ signals }) => signals === null).map((answer) => ({ answer, probability: 1 })),
  ]
  const refuseFrom = thresholdFor(
    scored.filter(({ answer }) => answer.right !== false),
    MOST_HELD_BACK,
  )
  const atFive = thresholdFor(scored, 0.05)
  print(sayRefused(`on unseen databases, from ${refuseFrom.toFixed(3)} on`, refusedAt(scored, refuseFrom)))
  print(sayRefused(`at 5 % false refusals (from ${atFive.toFixed(3)} on)`, refusedAt(scored, atFive)))
  return { unanswerable, refuseFrom }
}

function judged(answer: JudgedAnswer, came: boolean): Judged[] {
  return answer.signals ? [{ ...answer, signals: answer.signals, came }] : []
}
