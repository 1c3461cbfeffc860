/** Lets arrow keys, Home and End move among a list's links; arrow down leads into it from the field above, arrow up back. */
export function moveWithArrows(list: HTMLElement, field: HTMLElement): void {
  const links = () => [...list.querySelectorAll('a')]
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    links()[0]?.focus()
  })
  list.addEventListener('keydown', (event) => {
    const all = links()
    const at = all.indexOf(document.activeElement as HTMLAnchorElement)
    if (at < 0) return
    const next = target(event.key, at, all.length)
    if (next === null) return
    event.preventDefault()
    ;(next < 0 ? field : all[next])?.focus()
  })
}

function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1)
    case 'ArrowUp':
      return at - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
