import type { Chart, ChartKind } from '../../reply/reply.ts'
import { h } from './h.ts'
import { shownTheme } from './theme.ts'

/** The server's drawing of a chart, in the page's theme and about as wide as the page has room. */
export function chartView(questionId: string, chart: Chart): { element: HTMLElement; show: (kind: ChartKind) => void } {
  let kind = chart.kind
  const element = figureOf(chart.alt, (query) => {
    query.set('kind', kind)
    return `/api/questions/${questionId}/chart.svg?${query}`
  })
  return {
    element,
    show: (wanted) => {
      kind = wanted
      element.dispatchEvent(new Event('redraw'))
    },
  }
}

/** A drawing of the server. `addressOf` gets theme and width as a query and gives the address. */
export function figureOf(alt: string, addressOf: (query: URLSearchParams) => string): HTMLElement {
  const image = h('img', { class: 'chart', alt, decoding: 'async' })
  const element = h('figure', { class: 'chart-figure drawing' }, image)

  function draw(): void {
    const room = element.clientWidth || 640
    const width = String(Math.round(Math.min(860, room)))
    const address = addressOf(new URLSearchParams({ theme: shownTheme(), width }))
    if (image.getAttribute('src') !== address) image.src = address
  }

  image.addEventListener('load', () => element.classList.remove('drawing'))
  image.addEventListener('error', () =>
    element.replaceChildren(
      h('p', { class: 'cut' }, 'The chart could not be drawn: reload the page, or look at the table. ', alt),
    ),
  )
  element.addEventListener('redraw', draw)
  requestAnimationFrame(draw)
  return element
}

/** Draws every chart on the page again, as after a change of theme. */
export function redrawCharts(): void {
  for (const figure of document.querySelectorAll('.chart-figure')) figure.dispatchEvent(new Event('redraw'))
}
