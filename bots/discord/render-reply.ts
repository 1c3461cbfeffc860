import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { chartImage } from '../reply/chart-image.ts'
import { shortText } from '../reply/fit-table.ts'
import { footing } from '../reply/footing.ts'
import type { AnsweredReply, Chart, Reply, UnansweredReply } from '../reply/reply.ts'
import { fitText } from './fit-text.ts'
import { limits } from './limits.ts'
import { type MessageBody, textDisplay, textLength } from './message-body.ts'
import { renderTable } from './render-table.ts'

/** The reply as a message: sentence, chart, table, notes, how it was computed. `room` is what is left for its text. */
export async function renderReply(reply: Reply, { locale, room = limits.text }: Look): Promise<MessageBody> {
  return reply.kind === 'answered' ? answeredMessage(reply, { locale, room }) : unansweredMessage(reply, room)
}

export type Look = { locale: string; room?: number }

async function answeredMessage(reply: AnsweredReply, { locale, room }: Required<Look>): Promise<MessageBody> {
  const headline = [textDisplay(fitText(reply.headline, SHARES.headline))]
  const below = [...notesOf(reply), textDisplay(small(fitText(footing(reply).join('\n'), SHARES.footing)))]
  const chart = reply.chart && (await drawChart(reply.chart, locale))
  const table = reply.table && renderTable(reply.table, { locale, room: room - textLength([...headline, ...below]) })
  return {
    components: [...headline, ...(chart?.components ?? []), ...(table ? [textDisplay(table)] : []), ...below],
    files: chart?.files ?? [],
  }
}

/** Most characters of each part, so that a long one leaves room for the others. */
const SHARES = { headline: 1200, notes: 800, footing: 800, suggestions: 1500 }

function unansweredMessage(reply: UnansweredReply, room: number): MessageBody {
  const headline = textDisplay(fitText(reply.headline, Math.min(SHARES.headline, room)))
  const list = fitText(reply.suggestions.join('\n'), SHARES.suggestions)
  const suggestions = list ? [textDisplay(list.replace(/^/gm, '- '))] : []
  return { components: [headline, ...notesOf(reply), ...suggestions], files: [] }
}

function notesOf({ notes }: Reply): APIMessageTopLevelComponent[] {
  const text = fitText(notes.join('\n'), SHARES.notes)
  return text ? [textDisplay(text.replace(/^/gm, '⚠️ '))] : []
}

/** Subtext, line by line. */
function small(text: string): string {
  return text.replace(/^(?=.)/gm, '-# ')
}

async function drawChart(chart: Chart, locale: string): Promise<MessageBody> {
  const { png } = await chartImage(chart, { locale })
  const alt = shortText(chart.alt, limits.altText / 2)
  const media = { media: { url: `attachment://${CHART_FILE}` }, description: alt }
  return {
    components: [{ type: ComponentType.MediaGallery, items: [media] }],
    files: [{ name: CHART_FILE, attachment: png, description: alt }],
  }
}

const CHART_FILE = 'chart.png'
