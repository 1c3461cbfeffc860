import type { PreviewPart } from '../reply/preview.ts'
import { openBrowser } from './open-browser.ts'

/** Something that was said, as people see it. */
export type PicturedLine = {
  who: string
  isBot: boolean
  /** In a thread, or otherwise an answer to something. */
  isReply: boolean
  parts: PreviewPart[]
  /** The pictures of its charts, in their order. */
  charts: Uint8Array[]
}

const WIDTH_PX = 640

/** Saves a picture of a conversation, drawn by a real browser. */
export async function pictureChat(channel: string, lines: PicturedLine[], file: string): Promise<void> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH_PX, height: 800 }, deviceScaleFactor: 1.5 })
    await page.setContent(
      `<style>${STYLE}</style><main><h1># ${plain(channel)}</h1>${lines.map(drawLine).join('')}</main>`,
    )
    await page.locator('main').screenshot({ path: file })
  } finally {
    await browser.close()
  }
}

function drawLine({ who, isBot, isReply, parts, charts }: PicturedLine): string {
  const left = [...charts]
  const drawn = parts.map((part) => drawPart(part, left)).join('')
  const badge = isBot ? '<i>App</i>' : ''
  return `<section class="${isReply ? 'reply' : ''}"><b>${plain(who)}</b>${badge}${drawn}</section>`
}

function drawPart(part: PreviewPart, charts: Uint8Array[]): string {
  switch (part.kind) {
    case 'text':
      return `<p class="${part.style}" dir="auto">${plain(part.text)}</p>`
    case 'table':
      return `<table>${[part.columns, ...part.rows].map((cells) => `<tr>${cells.map((cell) => `<td>${plain(cell)}</td>`).join('')}</tr>`).join('')}</table>`
    case 'chart':
      return `<img src="data:image/png;base64,${Buffer.from(charts.shift() ?? []).toString('base64')}">`
    case 'buttons':
      return `<ul>${part.labels.map((label) => `<li>${plain(label)}</li>`).join('')}</ul>`
    case 'folded':
      return `<p>▸ ${plain(part.title)}</p>`
  }
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const STYLE = `
  body { margin: 0; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #1a212c; }
  main { padding: 14px 18px; background: #fff; }
  h1 { margin: 0 0 10px; padding-bottom: 8px; border-bottom: 1px solid #dfe3ea; font-size: 16px; }
  section { margin: 0 0 14px; }
  section.reply { margin-left: 14px; padding-left: 14px; border-left: 3px solid #dfe3ea; }
  i { margin-left: 6px; padding: 0 6px; border-radius: 6px; background: #eef1f5; color: #545e6f; font: 600 11px system-ui; }
  p { margin: 3px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  .strong { font-weight: 650; }
  .small { color: #545e6f; font-size: 13px; }
  .code { padding: 8px 10px; border-radius: 8px; background: #eef1f5; font: 13px/1.4 "DejaVu Sans Mono", monospace; white-space: pre; }
  table { margin: 6px 0; border-collapse: collapse; font-size: 13px; }
  td { padding: 3px 12px; border: 1px solid #dfe3ea; }
  tr:first-child td { background: #eef1f5; font-weight: 650; }
  img { display: block; width: 460px; margin: 6px 0; }
  ul { display: flex; flex-wrap: wrap; gap: 6px; margin: 6px 0; padding: 0; list-style: none; }
  li { padding: 2px 10px; border: 1px solid #8b94a5; border-radius: 7px; font-size: 13px; font-weight: 570; }
`
