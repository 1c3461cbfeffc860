import type { Thumb } from '../../conversation/conversation.ts'
import { announce } from './announce.ts'
import { call, Problem } from './api.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'

/** Thumbs up and down; pressing the same again takes it back. */
export function feedbackButtons(questionId: string, given: Thumb | null): HTMLElement {
  let thumb = given
  const effect = h('span', { class: 'cut' })
  const buttons = (['up', 'down'] as const).map((kind) => {
    const label = kind === 'up' ? 'Good answer' : 'Wrong answer'
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label }, icon(kind))
    button.addEventListener('click', () => void give(thumb === kind ? null : kind))
    return { kind, button }
  })

  async function give(next: Thumb | null): Promise<void> {
    const before = thumb
    show(next)
    try {
      const path = `/api/questions/${questionId}/feedback`
      const { verified } = await call<{ verified: boolean }>(path, { method: 'PUT', body: { thumb: next } })
      effect.textContent = verified ? 'Verified: asked again, this is the answer' : ''
      announce(verified ? effect.textContent : next ? 'Thank you' : 'Taken back')
    } catch (error) {
      show(before)
      effect.textContent =
        error instanceof Problem ? `${error.message} ${error.advice}` : 'That did not work: try again.'
      announce(effect.textContent)
    }
  }

  function show(next: Thumb | null): void {
    thumb = next
    for (const { kind, button } of buttons) button.setAttribute('aria-pressed', String(kind === next))
  }

  show(given)
  return h(
    'div',
    { class: 'thumbs', role: 'group', 'aria-label': 'Was this right?' },
    effect,
    ...buttons.map(({ button }) => button),
  )
}
