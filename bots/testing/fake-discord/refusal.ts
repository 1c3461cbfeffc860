/** A request that Discord turns down, with its real status and code (https://docs.discord.com/developers/topics/opcodes-and-status-codes). */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly more: object

  constructor(status: number, code: number, message: string, more: object = {}) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
  }
}

export const refusals = {
  unauthorized: () => new Refusal(401, 0, '401: Unauthorized'),
  notFound: () => new Refusal(404, 0, '404: Not Found'),
  unknownChannel: () => new Refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new Refusal(404, 10004, 'Unknown Guild'),
  unknownMember: () => new Refusal(404, 10007, 'Unknown Member'),
  unknownMessage: () => new Refusal(404, 10008, 'Unknown Message'),
  unknownUser: () => new Refusal(404, 10013, 'Unknown User'),
  unknownWebhook: () => new Refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10062, 'Unknown interaction'),
  missingAccess: () => new Refusal(403, 50001, 'Missing Access'),
  notMine: () => new Refusal(403, 50005, 'Cannot edit a message authored by another user'),
  cannotMessageUser: () => new Refusal(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new Refusal(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: () => new Refusal(401, 50027, 'Invalid Webhook Token'),
  alreadyAcknowledged: () => new Refusal(400, 40060, 'Interaction has already been acknowledged.'),
  tooLarge: () => new Refusal(413, 40005, 'Request entity too large'),
  unavailable: () => new Refusal(503, 0, '503: Service Unavailable'),
  rateLimited: (retryAfterMs: number) =>
    new Refusal(429, 0, 'You are being rate limited.', { retry_after: retryAfterMs / 1000, global: false }),
  invalidBody: (problems: string[]) =>
    new Refusal(400, 50035, 'Invalid Form Body', {
      errors: { _errors: problems.map((message) => ({ code: 'INVALID', message })) },
    }),
}
