import type { ChatPlatform } from '../desk/chat-platform.ts'
import type { Accepted, Command, Desk, HomeView, IncomingQuestion, Press, Response, Submission } from '../desk/desk.ts'
import { tellAlone } from '../desk/tell-alone.ts'

/** What the desk answers; whatever is left out is answered with nothing. */
export type DeskScript = {
  accept?: (incoming: IncomingQuestion) => Accepted
  press?: (press: Press) => Promise<Response>
  submit?: (submission: Submission) => Promise<Response>
  command?: (command: Command) => Promise<Response>
  home?: HomeView
}

export type ScriptedDesk = Desk & {
  heard: {
    questions: IncomingQuestion[]
    presses: Press[]
    submissions: Submission[]
    commands: Command[]
    changes: Parameters<Desk['messageChanged']>[0][]
  }
  /** The platform that is connected; throws where none is. */
  platform(): ChatPlatform
  isConnected(): boolean
  kept: Map<string, string>
}

/** A desk that notes what an adapter hands in and answers by a script: for tests of what adapters translate. */
export function scriptDesk(script: DeskScript = {}): ScriptedDesk {
  const heard: ScriptedDesk['heard'] = { questions: [], presses: [], submissions: [], commands: [], changes: [] }
  const kept = new Map<string, string>()
  const seen = new Map<string, string>()
  let connected: ChatPlatform | null = null
  const done: Response = { kind: 'done' }
  const nothing: HomeView = {
    page: { kind: 'page', title: 'Rowbot', sections: [], buttons: [] },
    examples: [],
  }
  return {
    heard,
    kept,
    platform() {
      if (!connected) throw new Error('no platform is connected')
      return connected
    },
    isConnected: () => connected !== null,
    connect(platform) {
      connected = platform
      return () => {
        connected = null
      }
    },
    accept(incoming) {
      const known = seen.get(incoming.key)
      if (known) return { kind: 'known', questionId: known }
      heard.questions.push(incoming)
      const accepted = script.accept?.(incoming) ?? { kind: 'accepted', questionId: crypto.randomUUID() }
      if (accepted.kind === 'accepted') seen.set(incoming.key, accepted.questionId)
      return accepted
    },
    messageChanged: (changed) => void heard.changes.push(changed),
    tell: (aside, message) => tellAlone({ platform: connected ?? undefined, log: { warn() {} } }, aside, message),
    async press(press) {
      heard.presses.push(press)
      return script.press?.(press) ?? done
    },
    async submit(submission) {
      heard.submissions.push(submission)
      return script.submit?.(submission) ?? done
    },
    async command(command) {
      heard.commands.push(command)
      return script.command?.(command) ?? done
    },
    home: async () => script.home ?? nothing,
    suggest: async () => [],
    installations: {
      save: ({ platform, workspace, secret }) => void kept.set(`${platform} ${workspace}`, secret),
      find: (platform, workspace) => kept.get(`${platform} ${workspace}`) ?? null,
      remove: (platform, workspace) => kept.delete(`${platform} ${workspace}`),
      list: (platform) =>
        [...kept.keys()].flatMap((key) => (key.startsWith(`${platform} `) ? [key.slice(platform.length + 1)] : [])),
    },
  }
}
