import { setTimeout as delay } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import { chartImage } from '../reply/chart-image.ts'
import type { Chart } from '../reply/reply.ts'

const CHECK_EVERY_MS = 250
const CHECKS = 20

/** Uploads a chart's picture for use in a message's blocks; gives the file's id. */
export async function uploadPicture(client: WebClient, chart: Chart, locale: string): Promise<string> {
  const { png } = await chartImage(chart, { locale })
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename: 'chart.png',
    length: png.length,
    alt_text: chart.alt.slice(0, 1_000),
  })
  if (!upload_url || !file_id) throw new Error('Slack gave no address for an upload')
  const response = await fetch(upload_url, { method: 'POST', body: new Uint8Array(png) })
  if (!response.ok) throw new Error(`the upload was answered with HTTP ${response.status}`)
  await client.files.completeUploadExternal({ files: [{ id: file_id, title: chart.title.slice(0, 200) || 'Chart' }] })
  await untilProcessed(client, file_id)
  return file_id
}

/** Slack goes over a file for a moment, without a type until then, and refuses blocks that show it before. */
async function untilProcessed(client: WebClient, file: string): Promise<void> {
  for (let check = 0; check < CHECKS; check += 1) {
    if ((await client.files.info({ file })).file?.mimetype) return
    await delay(CHECK_EVERY_MS)
  }
  throw new Error('Slack did not finish an upload in time')
}
