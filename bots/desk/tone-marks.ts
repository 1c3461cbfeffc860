import type { NoticeMessage } from './chat-message.ts'

/** The sign before a notice, so that its tone is seen in platforms that have no colours for text. */
export const TONE_MARKS: Record<NoticeMessage['tone'], string> = { good: '✅', neutral: 'ℹ️', bad: '⚠️' }
