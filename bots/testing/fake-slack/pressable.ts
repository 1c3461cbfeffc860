import type { SlackBlock, SlackElement } from './slack-world.ts'

/** The action that a click makes: on the button with this label, or on the select that offers what is picked. */
export function pressable(blocks: SlackBlock[], label: string, picked: string[]): Record<string, unknown> {
  const all = blocks.flatMap(within)
  for (const { block, element } of all) {
    const action = actionOf(element, label, picked)
    if (action)
      return { ...action, block_id: block.block_id, action_id: element.action_id, action_ts: `${Date.now() / 1000}` }
  }
  const labels = all.flatMap(({ element }) => (element.type === 'button' ? [textOf(element)] : [element.type]))
  throw new Error(`nothing to press is called "${label}"; there are: ${labels.join(', ')}`)
}

type Placed = { block: SlackBlock; element: SlackElement }

function within(block: SlackBlock): Placed[] {
  const own = [
    ...(block.type === 'actions' || block.type === 'context_actions' ? (block.elements ?? []) : []),
    block.accessory,
  ]
  const placed = own.flatMap((element) => (element ? [{ block, element }] : []))
  return [...placed, ...(block.child_blocks ?? []).flatMap(within)]
}

function actionOf(element: SlackElement, label: string, picked: string[]): Record<string, unknown> | null {
  if (element.type === 'button' && textOf(element) === label)
    return { type: 'button', text: element.text, ...(element.value === undefined ? {} : { value: element.value }) }
  if (element.type === 'feedback_buttons') {
    const side = [element.positive_button, element.negative_button].find((one) => one?.text.text === label)
    return side ? { type: 'feedback_buttons', value: side.value, text: side.text } : null
  }
  const options = (element.options ?? []).filter(({ text }) => picked.includes(text.text))
  if (options.length === 0) return null
  if (element.type === 'static_select') return { type: element.type, selected_option: options[0] }
  return { type: element.type, selected_options: options }
}

function textOf({ text }: SlackElement): string {
  return typeof text === 'object' ? text.text : (text ?? '')
}
