import type { Expression } from '#databases/gate/query.ts'
import type { QueryScope } from '../sql/query-scope.ts'
import { mayReadNull } from './null-values.ts'
import { kindOf } from './value-kind.ts'
import type { Voice } from './voice.ts'

type Arithmetic = Expression & { kind: 'arithmetic' }

/**
 * "the percentage of rows where status is 'paid'" for `sum(CASE WHEN … THEN 1 ELSE 0 END) * 100.0 / count(*)` and its likes, and "the total of
 * paid as a percentage of the total of due" for other figures; null for what is no share, or is cut to a whole number.
 */
export function sayShare(voice: Voice, expression: Arithmetic, scope: QueryScope): string | null {
  const { over, under, scale } = factorsOf(expression)
  const [part, ...more] = over
  const [whole, ...others] = under
  if (!part || !whole || more.length > 0 || others.length > 0 || isCut(voice, expression, scope)) return null
  const condition = isCountOfRows(whole) ? countedCondition(part, scope) : null
  if (condition) {
    const unit = scale === 100 ? 'percentage' : scale === 1 ? 'share' : null
    return unit && `the ${unit} of rows where ${voice.condition(condition, scope)}`
  }
  if (scale !== 100 || !isFigure(part) || !isFigure(whole)) return null
  return `${voice.value(part, scope)} as a percentage of ${voice.value(whole, scope)}`
}

function isFigure({ kind }: Expression): boolean {
  return kind === 'call' || kind === 'subquery'
}

/** Whether some division in it is one of whole numbers. */
function isCut(voice: Voice, expression: Expression, scope: QueryScope): boolean {
  if (voice.fractions || expression.kind !== 'arithmetic') return false
  const { operator, left, right } = expression
  const isWhole = operator === '/' && kindOf(left, scope) === 'integer' && kindOf(right, scope) === 'integer'
  return isWhole || isCut(voice, left, scope) || isCut(voice, right, scope)
}

type Factors = { over: Expression[]; under: Expression[]; scale: number }

const FRACTION = /real|float|double|num|dec/i

/** What a product has over and under its line; its numbers are multiplied. */
function factorsOf(expression: Expression): Factors {
  if (expression.kind === 'cast' && FRACTION.test(expression.type)) return factorsOf(expression.of)
  if (expression.kind === 'literal' && typeof expression.value === 'number')
    return { over: [], under: [], scale: expression.value }
  if (expression.kind !== 'arithmetic' || !['*', '/'].includes(expression.operator))
    return { over: [expression], under: [], scale: 1 }
  const [left, right] = [factorsOf(expression.left), factorsOf(expression.right)]
  if (expression.operator === '*')
    return {
      over: [...left.over, ...right.over],
      under: [...left.under, ...right.under],
      scale: left.scale * right.scale,
    }
  return {
    over: [...left.over, ...right.under],
    under: [...left.under, ...right.over],
    scale: left.scale / right.scale,
  }
}

/** The condition of the rows that are counted by sum(CASE WHEN … THEN 1 ELSE 0 END) or count(CASE WHEN … THEN … END). */
function countedCondition(expression: Expression, scope: QueryScope): Expression | null {
  if (expression.kind !== 'call' || expression.distinct || expression.window || expression.filter) return null
  const [argument] = expression.args
  if (argument?.kind !== 'case' || argument.operand || argument.whens.length !== 1) return null
  const [[condition, then] = []] = argument.whens
  if (!condition || !then) return null
  const { otherwise } = argument
  const isNothing = otherwise === null || isNull(otherwise)
  const isOne = then.kind === 'literal' && then.value === 1
  const isZero = otherwise?.kind === 'literal' && otherwise.value === 0
  const isAdded = ['sum', 'total'].includes(expression.name) && isOne && (isZero || isNothing)
  const isCounted = expression.name === 'count' && !isNull(then) && !mayReadNull(then, scope) && isNothing
  return isAdded || isCounted ? condition : null
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null
}

function isCountOfRows(expression: Expression): boolean {
  if (expression.kind !== 'call' || expression.name !== 'count') return false
  const { args, distinct, filter, window } = expression
  const [argument] = args
  return (
    !distinct &&
    !filter &&
    !window &&
    (argument === undefined || argument.kind === 'star' || argument.kind === 'literal')
  )
}
