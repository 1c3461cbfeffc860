import { chatMethods } from './chat-methods.ts'
import { fileMethods } from './file-methods.ts'
import { placeMethods } from './place-methods.ts'
import { SlackRefusal } from './slack-refusal.ts'
import type { Workspace } from './slack-world.ts'
import type { Specification } from './specification.ts'
import { viewMethods } from './view-methods.ts'
import type { MethodContext, WebMethod } from './web-method.ts'

const methods: Record<string, WebMethod> = {
  ...chatMethods,
  ...fileMethods,
  ...placeMethods,
  ...viewMethods,
}

export type WebCall = { method: string; token: string; given: Record<string, string> }

/** Runs one call of the Web API as Slack would: token, parameters, scopes, then the method itself. Throws SlackRefusal. */
export function callMethod(
  { method, token, given }: WebCall,
  parts: {
    workspaces: Workspace[]
    specification: Specification | null
    context(workspace: Workspace): MethodContext
  },
): object {
  const known = methods[method]
  if (!known) throw new SlackRefusal('unknown_method', { req_method: method })
  const workspace = parts.workspaces.find(({ bot }) => bot.token === token)
  if (!workspace) throw new SlackRefusal('invalid_auth')
  if (workspace.bot.isRevoked) throw new SlackRefusal('token_revoked')
  const complaint = parts.specification?.complaint(method, given)
  if (complaint)
    throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${complaint}`] } })
  const { scopes } = workspace.bot
  if (known.scopes.length > 0 && !known.scopes.some((scope) => scopes.has(scope))) {
    throw new SlackRefusal('missing_scope', { needed: known.scopes[0], provided: [...scopes].join(',') })
  }
  const { token: _token, team_id: _team, ...rest } = given
  return known.run(parts.context(workspace), rest)
}
