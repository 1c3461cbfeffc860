export type Theme = 'system' | 'light' | 'dark'

const key = 'rowbot-theme'

export function savedTheme(): Theme {
  const saved = localStorage.getItem(key)
  return saved === 'light' || saved === 'dark' ? saved : 'system'
}

/** Sets the theme and remembers it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(key, theme)
  applyTheme(theme)
  document.dispatchEvent(new CustomEvent('theme-changed'))
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.dataset.theme = theme
}

/** What is on the screen now. */
export function shownTheme(): 'light' | 'dark' {
  const theme = savedTheme()
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Calls back whenever what is on the screen may have changed. */
export function onThemeChange(changed: () => void): void {
  document.addEventListener('theme-changed', changed)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
}
