/** What Slack's side of the configuration says. */
export type SlackSettings = {
  /** Null where workspaces come by OAuth only. */
  botToken: string | null
  /** For Socket Mode. */
  appToken: string | null
  /** For Slack over HTTP. */
  signingSecret: string | null
  clientId: string | null
  clientSecret: string | null
  /** Signs the state that OAuth hands back. */
  stateSecret: string | null
  port: number
  /** Whether messages in threads are follow-ups without a mention; needs the history scopes. */
  readsThreads: boolean
  /** Another address than Slack's own. */
  apiUrl?: string
  /** How long a silent socket is waited for. */
  pingTimeoutMs?: number
}
