import type { ActionsBlock, Button, ContextActionsBlock, KnownBlock } from '@slack/types'
import type { ChatButton, Choice, PickerMessage } from '../desk/chat-message.ts'
import { limits } from './limits.ts'
import { plainText } from './rich-text.ts'

/** Buttons carry their id as value: action ids must differ within a block. */
export const PRESS = /^press\./
/** A picker's id is its block's id. */
export const PICK = 'pick'

const MOST_IN_A_ROW = 25

/** The buttons of a message: thumbs as Slack's own pair, the others in a row. */
export function buttonBlocks(buttons: ChatButton[]): (ActionsBlock | ContextActionsBlock)[] {
  const up = buttons.find(({ name }) => name === 'thumb-up')
  const down = buttons.find(({ name }) => name === 'thumb-down')
  const isPair = up !== undefined && down !== undefined
  const others = buttons.filter((button) => !isPair || (button !== up && button !== down)).slice(0, MOST_IN_A_ROW)
  return [
    ...(others.length > 0 ? [{ type: 'actions' as const, elements: others.map(toButton) }] : []),
    ...(isPair ? [thumbs(up, down)] : []),
  ]
}

function toButton({ id, label, style }: ChatButton, at: number): Button {
  return {
    type: 'button',
    action_id: `press.${at}`,
    text: plainText(label, limits.button),
    value: id,
    ...(style === 'plain' ? {} : { style }),
  }
}

function thumbs(up: ChatButton, down: ChatButton): ContextActionsBlock {
  const side = ({ label, id }: ChatButton) => ({ text: plainText(label, limits.button), value: id })
  const pair = { positive_button: side(up), negative_button: side(down) }
  return { type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: 'press.thumbs', ...pair }] }
}

/** What can be picked, as a select: its choice is sent as soon as it is made. */
export function pickerBlock({ id, options, several }: PickerMessage): KnownBlock {
  const offered = toOptions(options)
  const select = several
    ? ({ type: 'multi_static_select', action_id: PICK, options: offered } as const)
    : ({ type: 'static_select', action_id: PICK, options: offered } as const)
  return { type: 'actions', block_id: id, elements: [select] }
}

export function toOptions(options: Choice[]) {
  return options.slice(0, limits.options).map(({ label, value, description }) => ({
    text: plainText(label, limits.option),
    value,
    ...(description ? { description: plainText(description, limits.option) } : {}),
  }))
}
