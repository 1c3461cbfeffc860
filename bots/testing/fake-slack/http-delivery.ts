import { createHmac } from 'node:crypto'
import { type Acknowledgement, type Delivery, type Envelope, nothing } from './delivery.ts'

export type SignedRequest = { body: string; headers: Record<string, string> }

/** Requests to the app's address, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function createHttpDelivery(appUrl: string, signingSecret: string): Delivery {
  return {
    async deliver(envelope, deadlineMs): Promise<Acknowledgement> {
      const { body, headers } = signedRequest(envelope, signingSecret)
      const signal = AbortSignal.timeout(deadlineMs)
      const response = await fetch(appUrl, { method: 'POST', body, headers, signal }).catch(() => null)
      if (!response?.ok) return nothing
      const text = await response.text()
      return { isAcknowledged: true, payload: text === '' ? undefined : parsed(text) }
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The request that carries an envelope, signed with this secret at this time. */
export function signedRequest(envelope: Envelope, signingSecret: string, now = Date.now()): SignedRequest {
  const isEvent = envelope.type === 'events_api'
  const fields = envelope.type === 'interactive' ? { payload: JSON.stringify(envelope.payload) } : envelope.payload
  const body = isEvent
    ? JSON.stringify(envelope.payload)
    : new URLSearchParams(Object.entries(fields).map(([key, value]) => [key, String(value)])).toString()
  const timestamp = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...(envelope.retry_attempt
        ? { 'x-slack-retry-num': String(envelope.retry_attempt), 'x-slack-retry-reason': envelope.retry_reason ?? '' }
        : {}),
    },
  }
}
