import { byId, h } from './h.ts'
import { type IconName, icon } from './icon.ts'
import { showShortcuts } from './shortcuts.ts'
import { chooseTheme, savedTheme, type Theme } from './theme.ts'

/** Fills what stands beside the page: links, theme, keys, signing out; on a phone it slides in. */
export function createSidebar({ hasPassword }: { hasPassword: boolean }): { close: () => void } {
  const sidebar = byId('sidebar')
  const opener = byId('open-sidebar')
  const backdrop = byId('backdrop')
  opener.append(icon('menu'))
  byId('topbar-new').append(icon('plus'))
  byId('sidebar-links').append(
    h('a', { href: '#/', class: 'nav-link new-question' }, icon('plus'), 'New question'),
    h('a', { href: '#/databases', class: 'nav-link' }, icon('database'), 'Databases'),
    h('a', { href: '#/runs', class: 'nav-link' }, icon('chart'), 'Benchmark'),
    h('a', { href: '#/reviews', class: 'nav-link' }, icon('down'), 'Answers to look at'),
    h('a', { href: '#/administration', class: 'nav-link' }, icon('key'), 'Administration'),
  )
  byId('sidebar-foot').append(
    themeButton(),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Keyboard', title: 'Keyboard (?)', onclick: showShortcuts },
      icon('keyboard'),
    ),
  )
  if (hasPassword) {
    byId('sidebar-foot').append(
      h(
        'form',
        { method: 'post', action: '/logout' },
        h('button', { class: 'icon-button', 'aria-label': 'Sign out', title: 'Sign out' }, icon('leave')),
      ),
    )
  }

  function show(isOpen: boolean): void {
    sidebar.classList.toggle('open', isOpen)
    backdrop.hidden = !isOpen
    opener.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) sidebar.querySelector<HTMLElement>('.nav-link')?.focus()
  }

  function close(): void {
    if (sidebar.classList.contains('open')) show(false)
  }

  opener.addEventListener('click', () => show(true))
  backdrop.addEventListener('click', close)
  sidebar.addEventListener('click', (event) => event.target instanceof Element && event.target.closest('a') && close())
  sidebar.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !sidebar.classList.contains('open')) return
    event.preventDefault()
    close()
    opener.focus()
  })
  return { close }
}

const themes: { theme: Theme; name: string; sign: IconName }[] = [
  { theme: 'system', name: 'as the system', sign: 'system' },
  { theme: 'light', name: 'light', sign: 'sun' },
  { theme: 'dark', name: 'dark', sign: 'moon' },
]

function themeButton(): HTMLElement {
  const button = h('button', { type: 'button', class: 'icon-button', onclick: next })
  function show(): void {
    const current = themes.find(({ theme }) => theme === savedTheme())
    button.replaceChildren(icon(current?.sign ?? 'system'))
    button.setAttribute('aria-label', `Colours: ${current?.name}`)
    button.title = `Colours: ${current?.name}`
  }
  function next(): void {
    const at = themes.findIndex(({ theme }) => theme === savedTheme())
    chooseTheme(themes[(at + 1) % themes.length]?.theme ?? 'system')
    show()
  }
  show()
  return button
}
