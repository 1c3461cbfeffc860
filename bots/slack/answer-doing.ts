import { WebAPIPlatformError, type WebClient } from '@slack/web-api'
import { z } from 'zod'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { Place } from '../desk/chat-platform.ts'
import type { Response } from '../desk/desk.ts'
import { formTooLate } from '../desk/form-too-late.ts'
import { formProblems } from '../desk/say.ts'
import type { Places } from './find-places.ts'
import { renderForm } from './render-form.ts'
import { renderMessage } from './render-message.ts'
import { respondThrough } from './respond-through.ts'

/** Something a person did, and all ways to answer it. */
export type Done = {
  client: WebClient
  place: Place
  personId: string
  handle: string | null
  /** Opens one modal within three seconds; null where there is none. */
  trigger: string | null
}

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

export type Answering = { places: Places; locale: string }

/** Does what the desk answered: opens a form, says something to the person alone, or nothing. */
export async function answerDoing(response: Response, done: Done, answering: Answering): Promise<void> {
  switch (response.kind) {
    case 'done':
      return
    case 'say':
      return sayAlone(response.message, done, answering)
    case 'form': {
      const { channel, thread, direct, shared } = done.place
      const carry = { form: response.form.id, handle: done.handle, place: { channel, thread, direct, shared } }
      if (done.trigger === null) throw new Error('there is nothing to open a form with')
      const view = renderForm(response.form, JSON.stringify(carry satisfies z.infer<typeof carried>))
      await done.client.views.open({ trigger_id: done.trigger, view }).catch(tooLate)
      return
    }
    case 'invalid':
      // The form is closed by now.
      return sayAlone(formProblems(response.problems), done, answering)
  }
}

function tooLate(error: unknown): never {
  const isLate = error instanceof WebAPIPlatformError && /^(expired|exchanged)_trigger_id$/.test(error.data.error)
  throw isLate ? formTooLate(error) : error
}

/** Shows a message to the person alone: through the response address, else in the channel, else in their direct messages. */
export async function sayAlone(message: ChatMessage, done: Done, { places, locale }: Answering): Promise<void> {
  const { client, place, personId, handle } = done
  const body = renderMessage(message, { locale })
  const { text, blocks } = body
  if (handle !== null) {
    const isThrough = await respondThrough(handle, body, 'ephemeral').then(
      () => true,
      () => false,
    )
    if (isThrough) return
  }
  const thread = place.thread === null ? {} : { thread_ts: place.thread }
  if (place.direct) return void (await client.chat.postMessage({ channel: place.channel, text, blocks, ...thread }))
  try {
    await client.chat.postEphemeral({ channel: place.channel, user: personId, text, blocks, ...thread })
  } catch {
    const { channel } = await places.openDirect(client, place.workspace, personId)
    await client.chat.postMessage({ channel, text, blocks })
  }
}
