import type { APIMessageTopLevelComponent } from 'discord.js'
import type { PageMessage, PageSection } from '../desk/chat-message.ts'
import { plainPage } from '../desk/plain-page.ts'
import { buttonRows } from './buttons.ts'
import { codeBlock, codeBlockLength } from './code-block.ts'
import { fitText } from './fit-text.ts'
import { limits } from './limits.ts'
import { fileDisplay, type MessageBody, textDisplay, textLength } from './message-body.ts'

/** Several sections to read. Where they have no room in one message, their beginnings stand there, and all of it is in a file. */
export function renderPage(page: PageMessage): MessageBody {
  const { mention = [] } = page
  if (mention.length === 0) return fittingPage(page)
  const { components, files } = fittingPage({ ...page, mention: [] })
  return { components: [textDisplay(mention.map((id) => `<@${id}>`).join(' ')), ...components], files, mention }
}

function fittingPage(page: PageMessage): MessageBody {
  const whole = pageOf(page, Number.POSITIVE_INFINITY)
  if (fits(whole)) return { components: whole, files: [] }
  const file = { name: 'page.txt', attachment: Buffer.from(`${plainPage(page)}\n`) }
  // Fewer and fewer characters for each section, then fewer sections.
  for (let count = page.sections.length; count > 0; count--) {
    for (const room of [1500, 700, 300]) {
      const components = pageOf({ ...page, sections: page.sections.slice(0, count) }, room)
      if (fits([...components, fileDisplay(file.name)])) {
        return { components: [...components, fileDisplay(file.name)], files: [file] }
      }
    }
  }
  return { components: [heading(page.title), fileDisplay(file.name)], files: [file] }
}

function pageOf({ title, sections, buttons }: PageMessage, room: number): APIMessageTopLevelComponent[] {
  return [heading(title), ...sections.flatMap((section) => sectionOf(section, room)), ...buttonRows(buttons)]
}

function heading(title: string): APIMessageTopLevelComponent {
  return textDisplay(`### ${fitText(title, 200).replace(/\s+/g, ' ')}`)
}

function sectionOf({ heading, lines, code, buttons }: PageSection, room: number): APIMessageTopLevelComponent[] {
  const text = [
    heading ? `**${fitText(heading, Math.min(room, 300)).replace(/\s+/g, ' ')}**` : '',
    fitText(lines.join('\n'), room),
    code === null ? '' : shortCode(code, room),
  ]
  const said = text.filter(Boolean).join('\n')
  return [...(said ? [textDisplay(said)] : []), ...buttonRows(buttons)]
}

function shortCode(code: string, room: number): string {
  return codeBlock(codeBlockLength(code) <= room ? code : `${code.slice(0, room / 2)}…`, 'sql')
}

function fits(components: APIMessageTopLevelComponent[]): boolean {
  const nested = components.map((part) => ('components' in part ? 1 + part.components.length : 1))
  const count = nested.reduce((sum, one) => sum + one, 0)
  return textLength(components) <= limits.text && count <= limits.components
}
