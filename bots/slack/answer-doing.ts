import { WebAPIPlatformError, type WebClient } from '@slack/web-api'
import { z } from 'zod'
import type { ChatForm } from '../desk/chat-form.ts'
import type { Desk, Doing, Response } from '../desk/desk.ts'
import { formTooLate } from '../desk/form-too-late.ts'
import { saidBy } from '../desk/say.ts'
import { renderForm } from './render-form.ts'

/** Something a person did. `trigger` opens one modal within three seconds; null where there is none. */
export type Done = { doing: Doing; trigger: { client: WebClient; id: string } | null }

/** What a modal carries to its submission. It comes back through the person's client: the desk checks everything again. */
export const carried = z.object({
  form: z.string(),
  handle: z.string().nullable(),
  place: z.object({
    channel: z.string(),
    thread: z.string().nullable(),
    direct: z.boolean(),
    shared: z.boolean().nullable(),
  }),
})

/** Does what the desk answered: opens a form, says something to the person alone, or nothing. */
export async function answerDoing(desk: Pick<Desk, 'tell'>, done: Done, response: Response): Promise<void> {
  if (response.kind === 'form') return openForm(done, response.form)
  // A form that is not filled in well is closed by now.
  if (response.kind !== 'done') await desk.tell(done.doing, saidBy(response))
}

async function openForm({ doing, trigger }: Done, form: ChatForm): Promise<void> {
  if (trigger === null) throw new Error('there is nothing to open a form with')
  const { channel, thread, direct, shared } = doing.place
  const carry = { form: form.id, handle: doing.handle, place: { channel, thread, direct, shared } }
  const view = renderForm(form, JSON.stringify(carry satisfies z.infer<typeof carried>))
  await trigger.client.views.open({ trigger_id: trigger.id, view }).catch((error: unknown) => {
    const isLate = error instanceof WebAPIPlatformError && /^(expired|exchanged)_trigger_id$/.test(error.data.error)
    throw isLate ? formTooLate(error) : error
  })
}
