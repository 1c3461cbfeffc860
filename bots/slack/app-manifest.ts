/** What the app may do, each for a reason that a person who installs it can be told. */
export const SCOPES = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'im:write',
  'files:write',
  'files:read',
  'assistant:write',
  'users:read',
  'usergroups:read',
  'channels:read',
  'groups:read',
]

/** For follow-ups without a mention, and for finding a message again after a crash in a channel. */
export const THREAD_SCOPES = ['channels:history', 'groups:history']

/** All that the app asks for. */
export function wantedScopes({ readsThreads }: { readsThreads: boolean }): string[] {
  return readsThreads ? [...SCOPES, ...THREAD_SCOPES] : SCOPES
}

const EVENTS = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked']
const THREAD_EVENTS = ['message.channels', 'message.groups']

const EVENTS_PATH = '/slack/events'
const REDIRECT_PATH = '/slack/oauth_redirect'

const DESCRIPTION = 'Answers questions about your databases.'

export type ManifestOptions = {
  readsThreads: boolean
  /** Address of this machine as Slack and browsers reach it: for Slack over HTTP, and for OAuth. */
  publicUrl: string | null
  isOverHttp: boolean
}

/** The app as Slack's "create from a manifest" wants it. */
export function appManifest({ readsThreads, publicUrl, isOverHttp }: ManifestOptions): object {
  const events = isOverHttp && publicUrl !== null ? `${publicUrl}${EVENTS_PATH}` : null
  const address = events === null ? {} : { url: events }
  const request = events === null ? {} : { request_url: events }
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: { name: 'Rowbot', description: DESCRIPTION, background_color: '#3257d6' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Rowbot', always_online: true },
      agent_view: { agent_description: DESCRIPTION },
      slash_commands: [
        {
          command: '/sql',
          description: 'Ask a question about a database',
          usage_hint: 'how many orders last week',
          should_escape: false,
          ...address,
        },
        {
          command: '/rowbot',
          description: 'Databases, settings and help',
          usage_hint: 'databases | use NAME | admin | benchmark | help',
          should_escape: false,
          ...address,
        },
      ],
    },
    oauth_config: {
      ...(publicUrl === null ? {} : { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] }),
      scopes: { bot: wantedScopes({ readsThreads }) },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: readsThreads ? [...EVENTS, ...THREAD_EVENTS] : EVENTS },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: !isOverHttp,
      token_rotation_enabled: false,
    },
  }
}
