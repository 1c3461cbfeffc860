import { readFileSync } from 'node:fs'
import { type Document, OpenAPIBackend } from 'openapi-backend'

/** Says what is wrong with a request's body by Discord's own OpenAPI file; nothing where the file does not know the path. */
export type OpenapiCheck = (method: string, path: string, body: unknown) => string[]

/** Reads the file at this path (https://github.com/discord/discord-api-spec). Ready once the promise is. */
export async function createOpenapiCheck(path: string): Promise<OpenapiCheck> {
  const definition = JSON.parse(readFileSync(path, 'utf8')) as Document
  // The file uses formats of its own (snowflake, nonce), which the validator does not know.
  const ajvOpts = { strict: false, validateFormats: false }
  const api = new OpenAPIBackend({ definition, quick: true, ajvOpts })
  await api.init()
  return (method, path, body) => {
    const request = { method, path, headers: { 'content-type': 'application/json' }, body, query: {} }
    if (!api.matchOperation(request)) return [`${method} ${path} is not in the specification`]
    const { errors } = api.validateRequest(request)
    return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
