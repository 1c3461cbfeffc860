import { z } from 'zod'

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() })

/** Text in either notation. */
export const text = (max: number) =>
  z.discriminatedUnion('type', [
    plain(max),
    z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() }),
  ])

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
export const slackFile = z.union([
  z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }),
  z.strictObject({ url: z.url() }),
])

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional()
const textLeaf = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style })
const link = z.strictObject({ type: z.literal('link'), url: z.url(), text: z.string().optional(), style })
const leaf = z.discriminatedUnion('type', [
  textLeaf,
  link,
  z.strictObject({ type: z.literal('user'), user_id: z.string(), style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
])
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(leaf).min(1) })

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: z.string().min(1).max(255).optional(),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(richSection).min(1),
          indent: z.number().int().min(0).max(8).optional(),
          border: z.union([z.literal(0), z.literal(1)]).optional(),
        }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.discriminatedUnion('type', [textLeaf, link])).min(1),
          border: z.union([z.literal(0), z.literal(1)]).optional(),
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(leaf).min(1) }),
      ]),
    )
    .min(1),
})

const actionId = z.string().min(1).max(255).optional()

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const confirm = z
  .strictObject({
    title: plain(100),
    text: text(300),
    confirm: plain(30),
    deny: plain(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional()

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = z.strictObject({ text: text(75), value: z.string().min(1).max(150), description: plain(75).optional() })
const options = z.array(option).min(1).max(100)
const distinct = (given: { value: string }[]) => new Set(given.map(({ value }) => value)).size === given.length

const placeholder = plain(150).optional()
const focus = z.boolean().optional()

/** https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element */
const verdict = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(2000),
  accessibility_label: z.string().max(75).optional(),
})

/** https://docs.slack.dev/reference/block-kit/block-elements/selection-elements */
const selects = [
  z.strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    options: options.refine(distinct, 'values must differ'),
    initial_option: option.optional(),
    placeholder,
    confirm,
    focus_on_load: focus,
  }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    action_id: actionId,
    options: options.refine(distinct, 'values must differ'),
    initial_options: z.array(option).min(1).optional(),
    max_selected_items: z.number().int().min(1).optional(),
    placeholder,
    confirm,
    focus_on_load: focus,
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    action_id: actionId,
    initial_users: z.array(z.string()).min(1).optional(),
    max_selected_items: z.number().int().min(1).optional(),
    placeholder,
    confirm,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    action_id: actionId,
    initial_conversations: z.array(z.string()).min(1).optional(),
    max_selected_items: z.number().int().min(1).optional(),
    filter: z
      .strictObject({
        include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
        exclude_external_shared_channels: z.boolean().optional(),
        exclude_bot_users: z.boolean().optional(),
      })
      .optional(),
    placeholder,
    confirm,
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: actionId,
    options: z.array(option).min(1).max(10).refine(distinct, 'values must differ'),
    initial_options: z.array(option).min(1).optional(),
    confirm,
    focus_on_load: focus,
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    action_id: actionId,
    options: z.array(option).min(1).max(10).refine(distinct, 'values must differ'),
    initial_option: option.optional(),
    confirm,
    focus_on_load: focus,
  }),
] as const

/** Elements of actions, context_actions and accessories. */
export const element = z.discriminatedUnion('type', [
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  z.strictObject({
    type: z.literal('button'),
    action_id: actionId,
    text: plain(75),
    value: z.string().min(1).max(2000).optional(),
    url: z.url().max(3000).optional(),
    style: z.enum(['primary', 'danger']).optional(),
    accessibility_label: z.string().max(75).optional(),
    confirm,
  }),
  z.strictObject({
    type: z.literal('overflow'),
    action_id: actionId,
    options: z.array(option).min(1).max(5),
    confirm,
  }),
  z.strictObject({
    type: z.literal('feedback_buttons'),
    action_id: actionId,
    positive_button: verdict,
    negative_button: verdict,
  }),
  ...selects,
])

/** Elements of an input block. */
export const inputElement = z.discriminatedUnion('type', [
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    placeholder,
    focus_on_load: focus,
  }),
  /** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
  z.strictObject({
    type: z.literal('file_input'),
    action_id: actionId,
    filetypes: z.array(z.string().min(1)).min(1).optional(),
    max_files: z.number().int().min(1).max(10).optional(),
  }),
  /** https://docs.slack.dev/reference/block-kit/block-elements/number-input-element */
  z.strictObject({
    type: z.literal('number_input'),
    action_id: actionId,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
    placeholder,
    focus_on_load: focus,
  }),
  ...selects,
])
