import type { ChangedCase } from '#core/evaluation/run-report.ts'
import type { PageMessage } from '../chat-message.ts'
import type { Response } from '../desk.ts'
import { neutral, page } from '../say.ts'
import { say, type Visit } from '../visit.ts'

/** Shows the questions of the benchmark that a night newly broke. */
export async function showBroken({ office }: Visit, night: string): Promise<Response> {
  const broken = await office.newlyBroken(night)
  return say(broken.length > 0 ? brokenMessage(night, broken) : neutral('That run is not kept any more.'))
}

/** Questions that were right before, with what was written then and now. */
export function brokenMessage(night: string, broken: ChangedCase[]): PageMessage {
  const sections = broken.map(({ database, question, gold, before, after }) => ({
    heading: question,
    lines: [database],
    code: [`-- gold`, gold, `-- before`, before ?? '-- no query', `-- now`, after ?? '-- no query'].join('\n'),
  }))
  return page(`Newly broken in the night of ${night}`, sections)
}
