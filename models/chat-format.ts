import type { Message } from './generator.ts'

/** A stretch of a rendered prompt: a control token of the model, or text in which no control token may ever be recognised. */
export type PromptPiece = { kind: 'control' | 'text'; text: string }

/** How a family of models wants a conversation written down. */
export type ChatFormat = {
  name: string
  /** Control tokens that the model's vocabulary must have for the format to apply. */
  controls: string[]
  /** Whole messages. */
  renderMessages(messages: Message[]): PromptPiece[]
  /** The beginning of the message that the model is to go on with. */
  renderReply(prefill: string): PromptPiece[]
}

const START: PromptPiece = { kind: 'control', text: '<|im_start|>' }
const END: PromptPiece = { kind: 'control', text: '<|im_end|>' }

/**
 * ChatML, the format of Qwen's models, rendered exactly as their own template does, but for the system message that the template invents
 * where there is none. The template in a model file is never run: what is trained and evaluated here must be what is served.
 */
export const CHATML: ChatFormat = {
  name: 'chatml',
  controls: [START.text, END.text],
  renderMessages: (messages) =>
    messages.flatMap(({ role, content }) => [START, text(`${role}\n${content}`), END, text('\n')]),
  renderReply: (prefill) => [START, text(`assistant\n${prefill}`)],
}

/** Turns rendered pieces into tokens; what a person wrote stays text even where it spells a control token. */
export function tokenizePieces<Token>(
  pieces: PromptPiece[],
  tokenize: (text: string, controlTokens: boolean) => readonly Token[],
): Token[] {
  return pieces.flatMap((piece) => [...tokenize(piece.text, piece.kind === 'control')])
}

function text(content: string): PromptPiece {
  return { kind: 'text', text: content }
}
