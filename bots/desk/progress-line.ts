import type { Update } from '../conversation/conversation.ts'
import { visibleText } from '../reply/visible-text.ts'
import type { ProgressMessage } from './chat-message.ts'
import { button } from './reply-message.ts'

/** What a question's work looks like from outside, one line: "Reading shop… writing SQL… running…". */
export function createProgressLine(): { after(update: Update): string; text(): string } {
  const steps = ['Reading the question…']
  const add = (step: string) => {
    if (steps.at(-1) !== step) steps.push(step)
  }
  const text = () => steps.slice(-MOST_STEPS).join(' ')
  return {
    text,
    after(update) {
      if (update.type === 'database') steps.splice(0, steps.length, `Reading ${visibleText(update.name)}…`)
      if (update.type === 'writing') add('writing SQL…')
      if (update.type === 'running') add('running…')
      if (update.type === 'attempt' && !update.attempt.ok) add('trying another way…')
      return text()
    },
  }
}

const MOST_STEPS = 5

/** A question that is worked on. */
export function workingMessage(questionId: string, text: string): ProgressMessage {
  return { kind: 'progress', text, buttons: [button('stop', questionId)] }
}

/** A question that waits, with how many come before it. */
export function waitingMessage(questionId: string, before: number): ProgressMessage {
  const others = before === 1 ? '1 question is' : `${before} questions are`
  const text = before === 0 ? 'Yours is the next question.' : `${others} before yours.`
  return { kind: 'progress', text, buttons: [button('stop', questionId)] }
}
