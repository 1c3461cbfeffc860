import type { Place } from './chat-platform.ts'

/** People, workspaces, groups and channels as the state knows them: ids of one platform must never be taken for another's. */
export const personKey = (platform: string, personId: string) => `${platform}:${personId}`

/** The workspace of a place; direct messages that belong to none have one of their own. */
export const workspaceKey = ({ platform, workspace }: Pick<Place, 'platform' | 'workspace'>) =>
  `${platform}:${workspace || 'direct'}`

export const groupKey = (place: Place, group: string) => `${workspaceKey(place)}:${group}`

export const channelKey = (place: Place, channel = place.channel) => `${workspaceKey(place)}:${channel}`

/** The workspace of a channel or group, by its key. */
export const workspaceOf = (key: string) => key.slice(0, key.lastIndexOf(':'))

/** The thread of a place; '' outside of threads. */
export const threadKey = (place: Place) => (place.thread === null ? '' : `${channelKey(place)}:${place.thread}`)

/** The id of a button or form: what it does and what it is about. Never more than a pointer: whatever it names is looked up and checked. */
export const actionId = (name: string, ...about: string[]) => [name, ...about].join('.')

/** Takes apart what `actionId` made, or what somebody made up. */
export function readActionId(id: string): { name: string; about: string; at: string } {
  const [name = '', about = '', at = ''] = id.slice(0, 100).split('.')
  return { name, about, at }
}
