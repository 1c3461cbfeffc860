/** A chart of figures of the evaluation, as data: front ends and reports draw it as they draw those of answers. */
export type ReportChart = {
  kind: 'line' | 'bar'
  title: string
  x: { name: string; type: 'category' } | { name: string; type: 'time'; unit: 'day' | 'time' }
  y: { name: string }
  /** `x` is an ISO time in UTC where x.type is time. */
  points: { x: string; y: number; series: string | null }[]
  peak: string | null
  /** What it shows, for people who cannot see it. */
  alt: string
  kinds: ('line' | 'bar')[]
}
