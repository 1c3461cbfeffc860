import type { StageRow } from '#core/evaluation/run-report.ts'
import { isRight, type LeanResult } from './lean-result.ts'

type Judge = (one: LeanResult) => boolean

/** What each stage won and lost: the first query as written, as made to fit, and what choosing among samples and repairing made of it. */
export function stageRows(results: LeanResult[]): StageRow[] {
  const stages: { stage: string; isRightAfter: Judge }[] = [
    { stage: 'first query as written', isRightAfter: (one) => one.writtenRight === true },
    { stage: 'fitted to names and values', isRightAfter: (one) => one.fittedRight === true },
    { stage: 'chosen among samples', isRightAfter: decidedBy('sample') },
    { stage: 'repaired', isRightAfter: decidedBy('sample', 'repair') },
    { stage: 'given as the answer', isRightAfter: isRight },
  ]
  return stages.map(({ stage, isRightAfter }, index) => {
    const before: Judge = stages[index - 1]?.isRightAfter ?? isRightAfter
    const count = (test: Judge) => results.filter(test).length
    return {
      stage,
      right: count(isRightAfter),
      won: count((one) => !before(one) && isRightAfter(one)),
      lost: count((one) => before(one) && !isRightAfter(one)),
    }
  })
}

/** A query that another stage decided on is judged as it is; before that stage, and where there was no answer, the first query counts. */
function decidedBy(...origins: string[]): Judge {
  return (one) => (origins.includes(one.origin ?? '') ? isRight(one) : one.fittedRight === true)
}
