import { partsOf } from '../../slack/preview-reply.ts'
import type { PicturedLine } from '../picture-chat.ts'
import type { SlackBlock, SlackChannel, SlackElement, SlackMessage, SlackView, Workspace } from './slack-world.ts'

/** A message as people read it, as plain text: tables as lines, buttons in brackets, what is collapsed too. */
export function showMessage(message: SlackMessage): string {
  const body = message.blocks.length > 0 ? message.blocks.map(showBlock).join('\n') : plainOf(message.text)
  const files = message.files.map(({ name, altText }) => `📎 ${name}${altText ? ` (${altText})` : ''}`)
  return [body, ...files].filter(Boolean).join('\n')
}

/** A channel with its threads, who said what. */
export function showChannel(workspace: Workspace, channel: SlackChannel): string {
  const line = (message: SlackMessage) => {
    const seen = message.onlyFor ? ` (only ${nameOf(workspace, message.onlyFor)} sees this)` : ''
    const indent = message.thread ? '    ' : ''
    const named = withNames(workspace, showMessage(message))
    return `${nameOf(workspace, message.user)}${seen}\n${named}`.replace(/^/gm, indent)
  }
  return inThreads(channel).map(line).join('\n\n')
}

/** The same to be pictured, read from the very blocks that were sent. */
export function pictureOf(workspace: Workspace, channel: SlackChannel): PicturedLine[] {
  const { bot, files } = workspace
  return inThreads(channel).map(({ user, thread, text, blocks }) => ({
    who: nameOf(workspace, user),
    isBot: user === bot.userId,
    isReply: thread !== undefined,
    parts:
      blocks.length > 0
        ? partsOf(blocks as Parameters<typeof partsOf>[0])
        : [{ kind: 'text', text: withNames(workspace, plainOf(text)), style: 'plain' }],
    charts: blocks.flatMap(({ slack_file }) => files.get(slack_file?.id ?? '')?.content ?? []),
  }))
}

function inThreads({ messages }: SlackChannel): SlackMessage[] {
  const roots = messages.filter(({ thread }) => thread === undefined)
  return roots.flatMap((root) => [root, ...messages.filter(({ thread }) => thread === root.ts)])
}

function nameOf({ users }: Workspace, id: string): string {
  return users.get(id)?.name ?? id
}

function withNames(workspace: Workspace, text: string): string {
  return text.replace(/<@([A-Z0-9]+)>/g, (_, id) => `@${nameOf(workspace, id)}`)
}

/** A modal or home. */
export function showView(view: SlackView): string {
  const title = view.title ? [`[${view.title.text}]`] : []
  return [...title, ...view.blocks.map(showBlock), ...(view.submit ? [`[${view.submit.text}]`] : [])].join('\n')
}

/** Whatever in a message is markup that takes effect: mentions, links, formatting. Data must never cause any. */
export function effectsOf(message: SlackMessage): string[] {
  const found: string[] = []
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    const { type, text } = part as SlackElement
    if (type === 'user' || type === 'broadcast' || type === 'link') found.push(type)
    if ((type === 'mrkdwn' || type === 'markdown') && typeof text === 'string') found.push(...markup(text))
    if (type === 'plain_text' && (part as { emoji?: boolean }).emoji !== false && /:[a-z_]+:/.test(String(text)))
      found.push('emoji code')
    for (const inner of Object.values(part)) visit(inner)
  }
  visit(message.blocks)
  return [...found, ...pings(message.text)]
}

/** `text` pings and links even where blocks are shown. */
function pings(text: string): string[] {
  return text.match(/<[!@#][^>]*>|<https?:[^>]*>/g) ?? []
}

function markup(text: string): string[] {
  return [...pings(text), ...(text.match(/[*_~`]/g) ?? [])]
}

function showBlock(block: SlackBlock): string {
  switch (block.type) {
    case 'data_table':
    case 'table':
      return showTable(block)
    case 'container':
      return [`▸ ${block.title?.text}`, ...(block.child_blocks ?? []).map(showBlock)].join('\n')
    case 'image':
      return `🖼 ${block.alt_text}`
    case 'divider':
      return '———'
    case 'input':
      return showField(block)
    case 'rich_text':
      return (block.elements ?? []).map(showElement).join('\n')
    case 'actions':
    case 'context_actions':
      return (block.elements ?? []).map(showElement).join(' ')
    default:
      return showTexts(block)
  }
}

function showTable({ caption, rows = [] }: SlackBlock): string {
  return [caption, ...rows.map((row) => row.map(showElement).join(' | '))].filter(Boolean).join('\n')
}

function showField({ label, optional, element, hint }: SlackBlock): string {
  const field = `${label?.text}${optional ? '' : ' *'}: ${element ? showInput(element) : ''}`
  return hint ? `${field}\n  ${hint.text}` : field
}

function showTexts({ text, fields = [], elements = [], accessory }: SlackBlock): string {
  const placed = accessory ? [...elements, accessory] : elements
  return [textOf(text), ...fields.map(textOf), ...placed.map(showElement)].filter(Boolean).join('\n')
}

function showInput({ type, initial_value, options, max_files }: SlackElement): string {
  const offered = options ? ` ${options.map(({ text }) => text.text).join(', ')}` : ''
  return `<${type}>${offered}${initial_value ? ` ${initial_value}` : ''}${max_files ? ` up to ${max_files}` : ''}`
}

function showElement(element: SlackElement): string {
  switch (element.type) {
    case 'button':
      return `[${textOf(element.text)}]`
    case 'feedback_buttons':
      return `[${element.positive_button?.text.text}] [${element.negative_button?.text.text}]`
    case 'static_select':
    case 'multi_static_select':
      return `[${element.placeholder?.text ?? '…'}: ${(element.options ?? []).map(({ text }) => text.text).join(', ')}]`
    case 'rich_text':
      return (element.elements ?? []).map(showElement).join('\n')
    case 'rich_text_list':
      return (element.elements ?? []).map((one) => `• ${showElement(one)}`).join('\n')
    case 'user':
      return `@${element.user_id}`
    case 'broadcast':
      return `@${element.range}`
    default:
      return element.elements ? element.elements.map(showElement).join('') : textOf(element.text)
  }
}

function textOf(text: SlackElement['text']): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  return text.type === 'mrkdwn' ? plainOf(text.text) : text.text
}

function plainOf(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
