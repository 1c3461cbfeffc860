import type { EverydayFamily } from './everyday-family.ts'
import { bestSelling } from './families/best-selling.ts'
import { busiest } from './families/busiest.ts'
import { compare, compareValues } from './families/compare.ts'
import { count, countInPeriod } from './families/count.ts'
import { distinct, distinctPartners } from './families/distinct.ts'
import { duration } from './families/duration.ts'
import { asList, narrowFurther, onlyTop, otherGrouping, otherMeasure, otherPeriod } from './families/follow-up.ts'
import { group } from './families/group.ts'
import { having } from './families/having.ts'
import { list, newest, withNames } from './families/list.ts'
import { measure } from './families/measure.ts'
import { median } from './families/median.ts'
import { money } from './families/money.ts'
import { aboveAverage, moreThan } from './families/more-than.ts'
import { most, mostCommon } from './families/most.ts'
import { never } from './families/never.ts'
import { overKeyFiltered, overKeyGrouped, overKeyHaving } from './families/over-key.ts'
import { overTwoKeysFiltered, overTwoKeysGrouped, overTwoKeysTop } from './families/over-two-keys.ts'
import { perOne } from './families/per-one.ts'
import { perPeriod } from './families/per-period.ts'
import { share, shareOfEach } from './families/share.ts'
import { top } from './families/top.ts'
import { topTies } from './families/top-ties.ts'

/** All ways of asking, in turn; what people ask most stands more than once. */
export const FAMILIES: readonly EverydayFamily[] = [
  count,
  countInPeriod,
  measure,
  narrowFurther,
  group,
  most,
  otherPeriod,
  top,
  never,
  money,
  bestSelling,
  countInPeriod,
  overKeyFiltered,
  compare,
  otherGrouping,
  overTwoKeysGrouped,
  distinct,
  overTwoKeysTop,
  list,
  perPeriod,
  overKeyGrouped,
  overTwoKeysFiltered,
  share,
  duration,
  perOne,
  otherMeasure,
  having,
  mostCommon,
  moreThan,
  asList,
  withNames,
  newest,
  overKeyHaving,
  shareOfEach,
  overTwoKeysTop,
  median,
  overTwoKeysGrouped,
  topTies,
  distinctPartners,
  compareValues,
  onlyTop,
  busiest,
  aboveAverage,
  money,
  perPeriod,
  otherPeriod,
]
