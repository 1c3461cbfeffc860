import type { NightPost } from '#core/evaluation/night-post.ts'
import type { ChatButton, PageMessage } from '../desk/chat-message.ts'
import { actionId } from '../desk/ids.ts'
import { page } from '../desk/say.ts'

/** What is said about a night, as a message. The questions that are newly broken come when asked for. */
export function nightMessage(
  post: NightPost,
  { publicUrl, mention }: { publicUrl: string | null; mention: string[] },
): PageMessage {
  const { night, headline, sections, broken, runId, isAlarm } = post
  const link =
    publicUrl === null || runId === null ? [] : [{ heading: 'Report', lines: [`${publicUrl}/#/runs/${runId}`] }]
  const buttons = broken.length > 0 ? [brokenButton(post)] : []
  const said = page(`Benchmark of the night of ${night}`, [{ lines: [headline] }, ...sections, ...link], buttons)
  return isAlarm && mention.length > 0 ? { ...said, mention } : said
}

function brokenButton({ night, broken }: NightPost): ChatButton {
  const label = broken.length === 1 ? 'The question newly broken' : `${broken.length} questions newly broken`
  return { name: 'newly-broken', id: actionId('newly-broken', night), label, style: 'plain', opensForm: false }
}
