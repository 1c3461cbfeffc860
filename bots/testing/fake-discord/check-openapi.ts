import { readFileSync } from 'node:fs'
import { type Document, OpenAPIBackend } from 'openapi-backend'

/** Says what is wrong with a request's body by Discord's own OpenAPI file; nothing where the file does not know the path. */
export type OpenapiCheck = (method: string, path: string, body: unknown) => string[]

/** The check by the file at this path (https://github.com/discord/discord-api-spec), made once for a process: compiling its schemas takes a while. */
export function openapiCheck(path: string): Promise<OpenapiCheck> {
  const made = checks.get(path) ?? createCheck(path)
  checks.set(path, made)
  return made
}

const checks = new Map<string, Promise<OpenapiCheck>>()

async function createCheck(path: string): Promise<OpenapiCheck> {
  const definition = withJsonOnly(JSON.parse(readFileSync(path, 'utf8')))
  // The file uses formats of its own (snowflake, nonce), which the validator does not know.
  const api = new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false, validateFormats: false } })
  await api.init()
  const check: OpenapiCheck = (method, path, body) => {
    const request = { method, path, headers: { 'content-type': 'application/json' }, body, query: {} }
    if (!api.matchOperation(request)) return [`${method} ${path} is not in the specification`]
    const { errors } = api.validateRequest(request)
    return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
  // A schema is compiled when it is first used, which can take longer than an interaction may wait.
  for (const [method, used] of USED) check(method, used, {})
  return check
}

const USED = [
  ['PUT', '/applications/1/commands'],
  ['POST', '/interactions/1/token/callback'],
  ['POST', '/webhooks/1/token'],
  ['PATCH', '/webhooks/1/token/messages/@original'],
  ['PATCH', '/webhooks/1/token/messages/1'],
  ['POST', '/channels/1/messages'],
  ['PATCH', '/channels/1/messages/1'],
  ['POST', '/users/@me/channels'],
] as const

/** Every body may be sent as a form too, which would triple the work of compiling. */
function withJsonOnly(definition: Document): Document {
  for (const path of Object.values(definition.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      const json = operation.requestBody?.content?.['application/json']
      if (operation.requestBody && json) operation.requestBody.content = { 'application/json': json }
    }
  }
  return definition
}

type Operation = { requestBody?: { content?: Record<string, unknown> } }
