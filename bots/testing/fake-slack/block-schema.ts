import { z } from 'zod'
import { element, inputElement, plain, richText, slackFile, text } from './element-schema.ts'

const base = { block_id: z.string().min(1).max(255).optional() }

const rawCell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), text: z.string().min(1), value: z.number() }),
  richText,
])

const sameWidth = (rows: unknown[][]) => rows.every((row) => row.length === rows[0]?.length)

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const section = z
  .strictObject({
    ...base,
    type: z.literal('section'),
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: element.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'text or fields are required')

/** https://docs.slack.dev/reference/block-kit/blocks/image-block */
const image = z
  .strictObject({
    ...base,
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional(),
    image_url: z.url().max(3000).optional(),
    slack_file: slackFile.optional(),
  })
  .refine((block) => (block.image_url === undefined) !== (block.slack_file === undefined), 'one source is required')

const simple = [
  richText,
  section,
  image,
  z.strictObject({ ...base, type: z.literal('divider') }),
  z.strictObject({ ...base, type: z.literal('header'), text: plain(150) }),
  z.strictObject({ ...base, type: z.literal('actions'), elements: z.array(element).min(1).max(25) }),
  z.strictObject({ ...base, type: z.literal('context'), elements: z.array(text(2000)).min(1).max(10) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/table-block */
  z.strictObject({
    ...base,
    type: z.literal('table'),
    rows: z.array(z.array(rawCell).min(1).max(20)).min(1).max(100).refine(sameWidth, 'rows differ in width'),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .max(20)
      .optional(),
  }),
] as const

/** Blocks that a message may hold and a container may not, or that hold others. */
const messageOnly = [
  /** https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
  z.strictObject({ ...base, type: z.literal('markdown'), text: z.string().min(1).max(12_000) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
  z.strictObject({
    ...base,
    type: z.literal('data_table'),
    rows: z.array(z.array(rawCell).min(1).max(20)).min(2).max(101).refine(sameWidth, 'rows differ in width'),
    caption: z.string().min(1),
    page_size: z.number().int().min(1).max(100).optional(),
    row_header_column_index: z.number().int().min(0).max(19).optional(),
  }),
  /** https://docs.slack.dev/reference/block-kit/blocks/container-block */
  z.strictObject({
    ...base,
    type: z.literal('container'),
    title: plain(150),
    subtitle: text(150).optional(),
    child_blocks: z.array(z.discriminatedUnion('type', simple)).min(1).max(10),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  }),
  /** https://docs.slack.dev/reference/block-kit/blocks/context-actions-block */
  z.strictObject({ ...base, type: z.literal('context_actions'), elements: z.array(element).min(1).max(5) }),
] as const

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
const input = z.strictObject({
  ...base,
  type: z.literal('input'),
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
})

/** What a message may hold. */
export const messageBlocks = z.array(z.discriminatedUnion('type', [...simple, ...messageOnly])).max(50)

/** What a modal or an App Home may hold. */
export const viewBlocks = z.array(z.discriminatedUnion('type', [...simple, input])).max(100)

/** https://docs.slack.dev/reference/views */
export const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    blocks: viewBlocks,
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    external_id: z.string().max(255).optional(),
  }),
  z.strictObject({
    type: z.literal('home'),
    blocks: viewBlocks,
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    external_id: z.string().max(255).optional(),
  }),
])
