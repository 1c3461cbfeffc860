import { SlackRefusal } from './slack-refusal.ts'

/** A trigger opens one modal within three seconds: https://docs.slack.dev/interactivity/handling-user-interaction */
const TRIGGER_MS = 3_000
/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const RESPONSE_URL_MS = 30 * 60_000
const RESPONSE_URL_USES = 5

/** Ids and addresses that people's clicks give to an app for a while. */
export type Triggers = {
  newTrigger(userId: string): string
  takeTrigger(id: string): { userId: string }
  newResponseUrl(about: ResponsePlace): string
  /** Null where the address is unknown, used up or too old. */
  takeResponseUrl(id: string): ResponsePlace | null
  /** Makes every trigger and address too old. */
  expireAll(): void
}

/** Where an answer sent to a response_url goes. */
export type ResponsePlace = { workspaceId: string; channelId: string; userId: string; messageTs?: string | undefined }

export function createTriggers(baseUrl: () => string): Triggers {
  const triggers = new Map<string, { userId: string; until: number }>()
  const responses = new Map<string, { place: ResponsePlace; until: number; uses: number }>()
  return {
    newTrigger(userId) {
      const id = `${Date.now()}.${crypto.randomUUID()}`
      triggers.set(id, { userId, until: Date.now() + TRIGGER_MS })
      return id
    },
    takeTrigger(id) {
      const trigger = triggers.get(id)
      if (!trigger) throw new SlackRefusal('invalid_trigger_id')
      if (trigger.until === -1) throw new SlackRefusal('trigger_exchanged')
      if (trigger.until < Date.now()) throw new SlackRefusal('expired_trigger_id')
      trigger.until = -1
      return trigger
    },
    newResponseUrl(place) {
      const id = crypto.randomUUID()
      responses.set(id, { place, until: Date.now() + RESPONSE_URL_MS, uses: 0 })
      return `${baseUrl()}/response/${id}`
    },
    takeResponseUrl(id) {
      const response = responses.get(id)
      if (!response || response.until < Date.now() || response.uses >= RESPONSE_URL_USES) return null
      response.uses += 1
      return response.place
    },
    expireAll() {
      for (const one of [...triggers.values(), ...responses.values()]) if (one.until > 0) one.until = 0
    },
  }
}
