import type { DatabaseAdministration } from '../../desk/administration.ts'
import { h } from './h.ts'
import { createPickList } from './pick-list.ts'

type Access = DatabaseAdministration['access']
type Grants = Omit<Access, 'known'>

/** Who may ask a database in chats, to be changed and saved. */
export function accessForm({ known, ...now }: Access, save: (grants: Grants) => void): HTMLElement {
  const plain = (ids: string[]) => ids.map((id) => ({ id, name: '' }))
  const channels = plain(known.channels)
  const lists = {
    people: list('People', 'slack:U012ABC or discord:1234', now.people, known.people),
    groups: list('Groups or roles', 'discord:SERVER:ROLE', now.groups, plain(known.groups)),
    channels: list('Channels', 'slack:T012ABC:C345DEF', now.channels, channels),
    bound: list(
      'Channels to which it belongs, where its name need not be said',
      'slack:T012ABC:C345DEF',
      now.bound,
      channels,
    ),
  }
  const guests = h('input', { type: 'checkbox', checked: now.guests })
  const strangers = h('input', { type: 'checkbox', checked: now.strangers })
  const form = h(
    'form',
    { class: 'rules-form' },
    h(
      'p',
      { class: 'explanation' },
      'Its owner may ask it anyway, as may those whom ROWBOT_ADMINS names and, where it was added in a chat, ' +
        'administrators of that workspace; everybody may ask the sample. Besides them:',
    ),
    ...Object.values(lists).map(({ element }) => element),
    h('label', { class: 'check' }, guests, 'Guests too, where the above lets them'),
    h('label', { class: 'check' }, strangers, 'Members of other organisations too'),
    h('div', { class: 'sql-buttons' }, h('button', { class: 'primary small' }, 'Save who may ask')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const [people, groups, bound] = [lists.people.values(), lists.groups.values(), lists.bound.values()]
    save({
      people,
      groups,
      channels: lists.channels.values(),
      bound,
      guests: guests.checked,
      strangers: strangers.checked,
    })
  })
  return form
}

function list(label: string, example: string, chosen: string[], known: { id: string; name: string }[]) {
  return createPickList({ label, example, chosen, known })
}
