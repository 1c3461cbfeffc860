/** Something that happened in Slack, on its way to the app. */
export type Envelope = {
  id: string
  type: 'events_api' | 'slash_commands' | 'interactive'
  payload: Record<string, unknown>
  accepts_response_payload: boolean
  retry_attempt?: number
  retry_reason?: string
}

/** What the app answered; a view submission may be answered with errors in `payload`. */
export type Acknowledgement = { isAcknowledged: boolean; payload: unknown }

/** A way to the app: a socket, or requests to its address. */
export type Delivery = { deliver(envelope: Envelope, deadlineMs: number): Promise<Acknowledgement> }

export const nothing: Acknowledgement = { isAcknowledged: false, payload: undefined }
