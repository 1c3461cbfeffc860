import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { findSpecification } from '../find-specification.ts'

/** Slack's published description of its Web API, as far as it says which parameters a method takes. */
export type Specification = {
  /** What is wrong with these arguments, in words; null where nothing is or the method is newer than the file. */
  complaint(method: string, given: Record<string, string>): string | null
}

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(
          z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), type: z.string() }),
        ),
      }),
    ),
  ),
})

/** Parameters that came after the file (2021), each on https://docs.slack.dev/reference/methods/ under its method. */
const newer: Record<string, string[]> = {
  'chat.postMessage': ['metadata'],
  'chat.update': ['metadata', 'file_ids', 'reply_broadcast'],
  'conversations.open': ['prevent_creation'],
  'conversations.history': ['include_all_metadata'],
  'conversations.replies': ['include_all_metadata'],
}
/** Slack takes it with every method of an app that is installed in several workspaces. */
const everywhere = ['team_id', 'token']
const forms: Record<string, RegExp> = {
  boolean: /^(true|false|0|1)$/,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  string: /^/,
}

/** Null where the file is not there. */
export function readSpecification(): Specification | null {
  const path = findSpecification('slack_web_api.openapi2.json')
  if (path === null) return null
  const { paths } = document.parse(JSON.parse(readFileSync(path, 'utf8')))
  return {
    complaint(method, given) {
      const known = Object.values(paths[`/${method}`] ?? {})[0]?.parameters
      if (!known) return null
      const names = [...known.map(({ name }) => name), ...(newer[method] ?? []), ...everywhere]
      const unknown = Object.keys(given).find((name) => !names.includes(name))
      if (unknown) return `no such parameter: ${unknown}`
      return known.map((parameter) => wrongWith(parameter, given[parameter.name])).find(Boolean) ?? null
    },
  }
}

type Parameter = { name: string; required?: boolean | undefined; type: string }

function wrongWith({ name, required, type }: Parameter, value: string | undefined): string | null {
  if (value === undefined) return required && name !== 'token' ? `missing required field: ${name}` : null
  return (forms[type] ?? /^/).test(value) ? null : `${name} must be of type ${type}`
}
