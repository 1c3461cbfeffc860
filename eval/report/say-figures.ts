import type { Share } from '#core/evaluation/run-report.ts'

/** Percent with one digit behind the point. */
export function percent(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(1)
}

export function interval({ low, high }: Share): string {
  return `${percent(low)} to ${percent(high)}`
}

/** A change in points, with its sign. */
export function points(value: number): string {
  const said = Math.abs(value).toFixed(1)
  if (said === '0.0') return '±0.0'
  return value < 0 ? `−${said}` : `+${said}`
}

export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

export function seconds(ms: number): string {
  return Number.isNaN(ms) ? '–' : `${(ms / 1000).toFixed(1)} s`
}
