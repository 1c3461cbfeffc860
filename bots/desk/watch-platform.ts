import type { ChatPlatform, Sent } from './chat-platform.ts'
import { workspaceKey } from './ids.ts'
import type { Troubles } from './troubles.ts'

/** The same platform; what comes of each call is noted among the troubles. */
export function watchPlatform(platform: ChatPlatform, troubles: Troubles): ChatPlatform {
  const { name } = platform
  const watch = async <Value>({ workspace }: { workspace: string }, call: Promise<Sent<Value>>) => {
    const sent = await call
    troubles.note(workspaceKey({ platform: name, workspace }), sent.ok ? null : sent.failure)
    return sent
  }
  return {
    ...platform,
    lookUp: (place, personId) => watch(place, platform.lookUp(place, personId)),
    post: (to, message, stamp) => watch(to.place, platform.post(to, message, stamp)),
    update: (posted, message, to) => watch(to.place, platform.update(posted, message, to)),
    find: (to, stamp) => watch(to.place, platform.find(to, stamp)),
    canFind: (to) => platform.canFind(to),
    upload: (to, file) => watch(to.place, platform.upload(to, file)),
    openDirect: (workspace, personId) => watch({ workspace }, platform.openDirect(workspace, personId)),
  }
}
