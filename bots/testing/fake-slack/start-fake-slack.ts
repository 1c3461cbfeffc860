import type { AddressInfo } from 'node:net'
import { createFaults, type Faults } from './faults.ts'
import { createHttpDelivery } from './http-delivery.ts'
import { respond } from './respond.ts'
import { createSlackPeople, type SlackPeople } from './slack-people.ts'
import { SlackRefusal } from './slack-refusal.ts'
import { createSlackServer, type HttpCall } from './slack-server.ts'
import { createWorkspace, type Workspace } from './slack-world.ts'
import { createSocketMode, type SocketMode } from './socket-mode.ts'
import { readSpecification } from './specification.ts'
import { createTriggers } from './triggers.ts'
import { callMethod } from './web-api.ts'

export type FakeSlack = {
  apiUrl: string
  appToken: string
  signingSecret: string
  client: { id: string; secret: string }
  /** The workspace in which the bot is installed from the start. */
  workspace: Workspace
  /** A further one; the bot gets in by OAuth, with the workspace's id as code. */
  addWorkspace(name: string): Workspace
  people: SlackPeople
  socket: SocketMode
  faults: Faults
  /** Makes every trigger and response address too old. */
  expireAll(): void
  /** Every call, in order. */
  calls: HttpCall[]
  /** Waits until something is as wanted. */
  until<T>(look: () => T | undefined | null | false, timeoutMs?: number): Promise<T>
  /** Sends to this address from now on instead of through sockets. */
  useHttp(appUrl: string): void
  close(): Promise<void>
}

const SIGNING_SECRET = 'fake-signing-secret'
const APP_TOKEN = 'xapp-fake-token'
const CLIENT = { id: '1.2', secret: 'fake-client-secret' }

/** A Slack that listens on this machine and answers as strictly as the real one is documented to. */
export async function startFakeSlack({ scopes }: { scopes: readonly string[] }): Promise<FakeSlack> {
  const specification = readSpecification()
  const workspace = createWorkspace({ name: 'Acme', scopes })
  const workspaces = [workspace]
  const faults = createFaults()
  const calls: HttpCall[] = []
  const watchers = new Set<() => void>()
  const changed = () => {
    for (const watch of watchers) watch()
  }
  let baseUrl = ''
  const server = createSlackServer({ workspaces, faults, calls, api, answer, changed })
  const triggers = createTriggers(() => baseUrl)
  const socket = createSocketMode(server, () => baseUrl)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function api(method: string, token: string, given: Record<string, string>): object {
    if (method === 'apps.connections.open') {
      if (token !== APP_TOKEN) throw new SlackRefusal('invalid_auth')
      return { url: socket.open() }
    }
    if (method === 'oauth.v2.access') return installation(given, workspaces)
    const context = (one: Workspace) => ({ workspace: one, baseUrl, takeTrigger: triggers.takeTrigger, changed })
    return callMethod({ method, token, given }, { workspaces, specification, context })
  }

  function answer(id: string, body: unknown): object {
    const place = triggers.takeResponseUrl(id)
    const to = workspaces.find((one) => one.id === place?.workspaceId)
    if (!place || !to) throw new SlackRefusal('expired_url')
    respond(to, place, body)
    return {}
  }

  let http: ReturnType<typeof createHttpDelivery> | null = null
  const deliver: SocketMode['deliver'] = (envelope, deadlineMs) => (http ?? socket).deliver(envelope, deadlineMs)
  return {
    apiUrl: `${baseUrl}/api/`,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    client: CLIENT,
    workspace,
    addWorkspace(name) {
      const further = createWorkspace({ name, scopes })
      workspaces.push(further)
      return further
    },
    people: createSlackPeople({ deliver, triggers, baseUrl, changed }),
    socket,
    faults,
    expireAll: triggers.expireAll,
    calls,
    until: (look, timeoutMs = 10_000) => until(look, watchers, timeoutMs),
    useHttp(appUrl) {
      http = createHttpDelivery(appUrl, SIGNING_SECRET)
    },
    close: () => {
      socket.close()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function until<T>(look: () => T | undefined | null | false, watchers: Set<() => void>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look()
      if (!found) return
      stop()
      resolve(found)
    }
    const poll = setInterval(check, 20)
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`It did not come to that in ${timeoutMs} ms: ${look.toString()}`))
    }, timeoutMs)
    const stop = () => {
      clearInterval(poll)
      clearTimeout(timer)
      watchers.delete(check)
    }
    watchers.add(check)
    check()
  })
}

/** https://docs.slack.dev/reference/methods/oauth.v2.access: the code is the id of the workspace that said yes. */
function installation(given: Record<string, string>, workspaces: Workspace[]): object {
  if (given.client_id !== CLIENT.id || given.client_secret !== CLIENT.secret)
    throw new SlackRefusal('bad_client_secret')
  const workspace = workspaces.find(({ id }) => id === given.code)
  if (!workspace) throw new SlackRefusal('invalid_code')
  return {
    app_id: 'A0ROWBOT',
    authed_user: { id: workspace.bot.userId },
    team: { id: workspace.id, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
    scope: [...workspace.bot.scopes].join(','),
    token_type: 'bot',
    access_token: workspace.bot.token,
    bot_user_id: workspace.bot.userId,
  }
}
