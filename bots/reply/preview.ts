import type { Reply } from './reply.ts'

/** A message of a chat as people see it there, made from what its adapter would really send. All texts are plain and untrusted. */
export type PreviewPart =
  | { kind: 'text'; text: string; style: 'plain' | 'strong' | 'small' | 'code' }
  | { kind: 'table'; columns: string[]; rows: string[][] }
  /** The reply's chart as a picture. */
  | { kind: 'chart'; alt: string }
  | { kind: 'buttons'; labels: string[] }
  /** What opens when it is pressed. */
  | { kind: 'folded'; title: string; parts: PreviewPart[] }

/** A chat whose look of a reply can be shown without it. */
export type ChatPreview = {
  /** As people call the chat. */
  name: string
  preview(reply: Reply, look: { locale: string }): Promise<PreviewPart[]>
}
