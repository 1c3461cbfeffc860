import type { z } from 'zod'
import { messageBlocks, view } from './block-schema.ts'
import { SlackRefusal } from './slack-refusal.ts'
import type { SlackBlock, SlackView, Workspace } from './slack-world.ts'

/** All text of a message's blocks together; Slack answers msg_blocks_too_long. */
const MAX_TEXT = 13_000
/** Over all cells of a message's data tables: https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
const MAX_TABLE_TEXT = 10_000

/** The blocks of a message, checked as Slack checks them; refuses what it would refuse. Files must be there and ready. */
export function checkBlocks(given: unknown, workspace: Workspace): SlackBlock[] {
  const blocks = parse(messageBlocks, given, 'invalid_blocks') as SlackBlock[]
  checkIds(blocks)
  checkFiles(blocks, workspace)
  const tables = blocks.filter(({ type }) => type === 'data_table')
  if (lengthOf(tables.map(({ rows }) => rows)) > MAX_TABLE_TEXT) invalid('data_table cells hold too many characters')
  if (lengthOf(blocks) > MAX_TEXT) throw new SlackRefusal('msg_blocks_too_long')
  return blocks
}

/** A modal or home view, checked the same way. */
export function checkView(given: unknown, type: 'modal' | 'home'): SlackView {
  const checked = parse(view, given, 'invalid_arguments') as SlackView
  if (checked.type !== type) throw new SlackRefusal('invalid_arguments', messages(`view must be of type ${type}`))
  const hasInput = checked.blocks.some((block) => block.type === 'input')
  if (type === 'modal' && hasInput && !checked.submit) invalid('submit is required with input blocks')
  checkIds(checked.blocks)
  return checked
}

function parse(schema: z.ZodType, given: unknown, code: string): unknown {
  const { success, data, error } = schema.safeParse(given)
  if (success) return data
  const said = error.issues.map(({ message, path }) => `[ERROR] ${message} [json-pointer:/${path.join('/')}]`)
  throw new SlackRefusal(code, { errors: said, response_metadata: { messages: said } })
}

function messages(text: string) {
  return { response_metadata: { messages: [`[ERROR] ${text}`] } }
}

function invalid(text: string): never {
  throw new SlackRefusal('invalid_blocks', { errors: [text], ...messages(text) })
}

/** Ids are unique within a message; what has none gets one, as Slack does. */
function checkIds(blocks: SlackBlock[]): void {
  const seen = new Set<unknown>()
  const give = (block: SlackBlock) => {
    block.block_id ??= crypto.randomUUID().slice(0, 5)
    if (seen.has(block.block_id)) invalid(`block_id ${block.block_id} is used twice`)
    seen.add(block.block_id)
    const actions = new Set<unknown>()
    for (const element of [...(block.elements ?? []), block.element, block.accessory].flatMap((one) => one ?? [])) {
      if (!isInteractive(element.type)) continue
      element.action_id ??= crypto.randomUUID().slice(0, 5)
      if (actions.has(element.action_id)) invalid(`action_id ${element.action_id} is used twice in a block`)
      actions.add(element.action_id)
    }
    block.child_blocks?.forEach(give)
  }
  blocks.forEach(give)
}

function isInteractive(type: string): boolean {
  return !/^(rich_text|plain_text|mrkdwn|image)/.test(type)
}

/** An uploaded file is processed for a moment before blocks may show it. */
function checkFiles(blocks: SlackBlock[], workspace: Workspace): void {
  for (const block of blocks) {
    if (block.child_blocks) checkFiles(block.child_blocks, workspace)
    const id = block.slack_file?.id
    if (id === undefined) continue
    const file = workspace.files.get(id)
    if (!file || file.readyAt > Date.now()) invalid('invalid slack file')
  }
}

/** Characters of all texts, wherever they stand. */
function lengthOf(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, one) => sum + lengthOf(one), 0)
  if (typeof part !== 'object' || part === null) return 0
  return Object.entries(part).reduce(
    (sum, [key, value]) => sum + (key === 'text' && typeof value === 'string' ? value.length : lengthOf(value)),
    0,
  )
}
