import { z } from 'zod'
import { type Component, FLAGS } from './world.ts'

/**
 * What Discord accepts in a message: limits of https://docs.discord.com/developers/resources/message and
 * https://docs.discord.com/developers/components/reference that its OpenAPI file leaves out or says too widely.
 */
const text = (max: number, min = 1) => z.string().min(min).max(max)
const componentId = z.number().int().min(0).max(2_147_483_647).optional()
const customId = text(100)
const media = z.object({ url: text(2048).regex(/^(?:attachment:\/\/|https?:\/\/)/) })
const emoji = z.object({ name: z.string() }).optional()

const button = z
  .object({ type: z.literal(2), id: componentId, style: z.number().int().min(1).max(4), label: text(80), emoji })
  .extend({ custom_id: customId, disabled: z.boolean().optional() })
const link = z.object({ type: z.literal(2), id: componentId, style: z.literal(5), label: text(80), url: text(512) })
const option = z.object({ label: text(100), value: text(100), description: text(100).optional() })
const values = {
  min_values: z.number().int().min(0).max(25).optional(),
  max_values: z.number().int().min(1).max(25).optional(),
}
const stringSelect = z
  .object({ type: z.literal(3), id: componentId, custom_id: customId, placeholder: text(150).optional(), ...values })
  .extend({
    options: z
      .array(option.extend({ default: z.boolean().optional() }))
      .min(1)
      .max(25),
    required: z.boolean().optional(),
  })
  .refine(({ options }) => new Set(options.map(({ value }) => value)).size === options.length, 'option values repeat')
  .refine(({ options, max_values = 1 }) => max_values <= options.length, 'max_values above the number of options')
const row = z
  .object({
    type: z.literal(1),
    id: componentId,
    components: z
      .array(z.union([button, link, stringSelect]))
      .min(1)
      .max(5),
  })
  .refine(
    ({ components }) => components.length === 1 || components.every(({ type }) => type === 2),
    'a menu fills its row',
  )
const textDisplay = z.object({ type: z.literal(10), id: componentId, content: text(4000) })
const gallery = z.object({
  type: z.literal(12),
  id: componentId,
  items: z
    .array(z.object({ media, description: text(1024).optional() }))
    .min(1)
    .max(10),
})
const file = z.object({
  type: z.literal(13),
  id: componentId,
  file: z.object({ url: z.string().startsWith('attachment://') }),
})
const separator = z.object({ type: z.literal(14), id: componentId })
const inner = z.union([row, textDisplay, gallery, file, separator])
const container = z.object({ type: z.literal(17), id: componentId, components: z.array(inner).min(1) })

const embed = z.object({
  title: text(256, 0).nullish(),
  description: text(4096, 0).nullish(),
  fields: z
    .array(z.object({ name: text(256), value: text(1024) }))
    .max(25)
    .nullish(),
  footer: z.object({ text: text(2048) }).nullish(),
})

const attachment = z.object({
  id: z.union([z.string(), z.number()]),
  filename: text(1024).nullish(),
  description: text(1024).nullish(),
})

export const messageBody = z.object({
  content: z.string().max(2000).nullish(),
  embeds: z.array(embed).max(10).nullish(),
  components: z.array(z.union([inner, container])).nullish(),
  attachments: z.array(attachment).max(10).nullish(),
  flags: z.number().int().nullish(),
  allowed_mentions: z
    .object({
      parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
      users: z.array(z.string()).optional(),
      replied_user: z.boolean().optional(),
    })
    .nullish(),
  message_reference: z.object({ message_id: z.string(), fail_if_not_exists: z.boolean().optional() }).nullish(),
  nonce: z.union([z.string().max(25), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
})
export type MessageBody = z.infer<typeof messageBody>

const MOST_COMPONENTS = 40
const MOST_TEXT = 4000
const MOST_EMBED_TEXT = 6000
export const MOST_FILE_BYTES = 10 * 1024 * 1024

type Given = { body: MessageBody; fileNames: string[]; flags: number; isEdit: boolean }

/** What is wrong with a message as a whole, beyond the shape of its parts. `flags` are those that it will have. */
export function messageProblems({ body, fileNames, flags, isEdit }: Given): string[] {
  const components = allComponents((body.components ?? []) as Component[])
  const isV2 = (flags & FLAGS.componentsV2) !== 0
  const problems = [...idProblems(components), ...fileProblems(components, fileNames, isV2)]
  if (isV2 && (body.content || body.embeds?.length))
    problems.push('a message of components has no content and no embeds')
  if (isV2 && components.length === 0 && !isEdit) problems.push('a message of components needs one')
  if (!isV2 && components.some(({ type }) => type > 8)) problems.push('these components need the flag IS_COMPONENTS_V2')
  if (components.length > MOST_COMPONENTS) problems.push(`${components.length} components`)
  const length = components.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.length : 0), 0)
  if (length > MOST_TEXT) problems.push(`${length} characters in all text displays`)
  if (JSON.stringify(body.embeds ?? []).length > MOST_EMBED_TEXT * 2) problems.push('embeds too long')
  const isEmpty = !isV2 && !body.content && !body.embeds?.length && fileNames.length === 0
  if (isEmpty && !isEdit) problems.push('Cannot send an empty message')
  return problems
}

/** Components with those inside them. */
export function allComponents(components: Component[]): Component[] {
  return components.flatMap((part) => [
    part,
    ...allComponents([...listed(part.components), ...(part.component ? [part.component as Component] : [])]),
  ])
}

function listed(value: unknown): Component[] {
  return Array.isArray(value) ? value : []
}

function idProblems(components: Component[]): string[] {
  return ['custom_id', 'id'].flatMap((name) => {
    const ids = components.flatMap((part) => (part[name] === undefined ? [] : [part[name]]))
    return new Set(ids).size < ids.length ? [`${name} is used twice in one message`] : []
  })
}

function fileProblems(components: Component[], fileNames: string[], isV2: boolean): string[] {
  const urls = JSON.stringify(components).match(/attachment:\/\/[^"]+/g) ?? []
  const used = new Set(urls.map((url) => url.slice('attachment://'.length)))
  return [
    ...[...used].filter((name) => !fileNames.includes(name)).map((name) => `no file is called ${name}`),
    ...fileNames.filter((name) => isV2 && !used.has(name)).map((name) => `no component shows the file ${name}`),
  ]
}

const modalField = z.union([
  z.object({
    type: z.literal(4),
    custom_id: customId,
    style: z.union([z.literal(1), z.literal(2)]),
    value: z.string().max(4000).optional(),
    placeholder: z.string().max(100).optional(),
    required: z.boolean().optional(),
    min_length: z.number().int().min(0).max(4000).optional(),
    max_length: z.number().int().min(1).max(4000).optional(),
  }),
  stringSelect,
  z.object({
    type: z.union([z.literal(5), z.literal(6), z.literal(8)]),
    custom_id: customId,
    required: z.boolean().optional(),
    ...values,
  }),
  z.object({
    type: z.literal(19),
    custom_id: customId,
    required: z.boolean().optional(),
    min_values: z.number().int().min(0).max(10).optional(),
    max_values: z.number().int().min(1).max(10).optional(),
  }),
])

export const modalBody = z.object({
  custom_id: customId,
  title: text(45),
  components: z
    .array(
      z.union([
        z.object({ type: z.literal(18), label: text(45), description: text(100).optional(), component: modalField }),
        textDisplay,
      ]),
    )
    .min(1)
    .max(5),
})

const optionName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}]{1,32}$/u)
  .refine((name) => name === name.toLowerCase())
const plainOption = z
  .object({
    type: z.number().int().min(3).max(11),
    name: optionName,
    description: text(100),
    required: z.boolean().optional(),
  })
  .extend({ autocomplete: z.boolean().optional(), max_length: z.number().int().min(1).max(6000).optional() })
  .refine(({ type, autocomplete }) => !autocomplete || type === 3, 'only texts are completed')
const options = z
  .array(plainOption)
  .max(25)
  .refine(
    (list) => list.findLastIndex(({ required }) => required) <= list.filter(({ required }) => required).length - 1,
    'required options come first',
  )
const subcommand = z.object({
  type: z.literal(1),
  name: optionName,
  description: text(100),
  options: options.optional(),
})
const group = z.object({
  type: z.literal(2),
  name: optionName,
  description: text(100),
  options: z.array(subcommand).min(1).max(25),
})

export const commandList = z
  .array(
    z.object({
      name: optionName,
      description: text(100),
      options: z.union([options, z.array(z.union([subcommand, group])).max(25)]).optional(),
    }),
  )
  .max(100)
