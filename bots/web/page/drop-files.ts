import { byId } from './h.ts'

/** Takes files that are dropped anywhere on the page. */
export function onDroppedFiles(dropped: (files: File[]) => void): void {
  const overlay = byId('drop-overlay')
  let depth = 0

  function show(isOver: boolean): void {
    if (!isOver) depth = 0
    overlay.hidden = !isOver
  }

  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
  document.addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return
    depth += 1
    show(!document.querySelector('dialog[open]'))
  })
  document.addEventListener('dragleave', () => {
    depth -= 1
    if (depth <= 0) show(false)
  })
  document.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault())
  document.addEventListener('drop', (event) => {
    show(false)
    if (!holdsFiles(event)) return
    event.preventDefault()
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length > 0) dropped(files)
  })
}
