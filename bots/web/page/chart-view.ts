import type { Chart, ChartKind } from '../../reply/reply.ts'
import { h } from './h.ts'
import { shownTheme } from './theme.ts'

/** The server's drawing of a chart, in the page's theme and about as wide as the page has room. */
export function chartView(questionId: string, chart: Chart): { element: HTMLElement; show: (kind: ChartKind) => void } {
  let kind = chart.kind
  const image = h('img', { class: 'chart', alt: chart.alt, decoding: 'async' })
  const element = h('figure', { class: 'chart-figure drawing' }, image)

  function draw(): void {
    const room = element.clientWidth || 640
    const query = new URLSearchParams({ kind, theme: shownTheme(), width: String(Math.round(Math.min(860, room))) })
    const address = `/api/questions/${questionId}/chart.svg?${query}`
    if (image.getAttribute('src') !== address) image.src = address
  }

  image.addEventListener('load', () => element.classList.remove('drawing'))
  image.addEventListener('error', () =>
    element.replaceChildren(h('p', { class: 'cut' }, 'The chart could not be drawn. ', chart.alt)),
  )
  element.addEventListener('redraw', draw)
  requestAnimationFrame(draw)
  return {
    element,
    show: (wanted) => {
      kind = wanted
      draw()
    },
  }
}

/** Draws every chart on the page again, as after a change of theme. */
export function redrawCharts(): void {
  for (const figure of document.querySelectorAll('.chart-figure')) figure.dispatchEvent(new Event('redraw'))
}
