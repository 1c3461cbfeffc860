import type { DatabaseSummary } from '../../conversation/conversation.ts'
import { showAdministration } from './administration-view.ts'
import { announce } from './announce.ts'
import { call } from './api.ts'
import { createAskView } from './ask-view.ts'
import { showCase } from './case-view.ts'
import { redrawCharts } from './chart-view.ts'
import { createComposer } from './composer.ts'
import { showDatabase } from './database-view.ts'
import { showDatabases } from './databases-view.ts'
import { onDroppedFiles } from './drop-files.ts'
import { byId } from './h.ts'
import { createHistoryList } from './history-list.ts'
import { problemView } from './problem-view.ts'
import { showReviews } from './reviews-view.ts'
import { showRun } from './run-view.ts'
import { showRuns } from './runs-view.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { createSidebar } from './sidebar.ts'
import { onThemeChange } from './theme.ts'
import { openUploadDialog } from './upload-dialog.ts'

let databases: DatabaseSummary[] = []

/** Places of the address that have a link of their own beside the page. */
const PLACES = ['databases', 'runs', 'reviews', 'administration']

const ask = createAskView({
  composer: () => composer,
  databases: () => databases,
  addDatabase,
  changed: () => void earlier.refresh().then(() => earlier.mark(shownQuestion())),
})
const composer = createComposer({
  ask: (text, follows) => void ask.ask(text, { follows }),
  add: addDatabase,
  chosen: () => byId('main').className === 'home' && ask.showHome(),
})
const earlier = createHistoryList({
  removed: (id) => {
    if (shownQuestion() === id) location.hash = '#/'
  },
})

void start()

async function start(): Promise<void> {
  byId('composer-place').append(composer.element)
  onThemeChange(redrawCharts)
  onDroppedFiles((files) => upload(files))
  addEventListener('hashchange', route)
  try {
    const { hasPassword } = await call<{ hasPassword: boolean }>('/api/console')
    const sidebar = createSidebar({ hasPassword })
    listenForShortcuts({
      focusQuestion: () => (byId('composer-place').hidden ? goHome() : composer.focus()),
      newQuestion: goHome,
      databases: () => {
        location.hash = '#/databases'
      },
      search: () => byId('history-search').focus(),
      escape: () => {
        sidebar.close()
        ask.stop()
      },
    })
    await loadDatabases()
    route()
    await earlier.refresh()
    earlier.mark(shownQuestion())
  } catch (error) {
    byId('view').replaceChildren(problemView(error, () => location.reload()))
  }
}

async function loadDatabases(): Promise<void> {
  databases = (await call<{ databases: DatabaseSummary[] }>('/api/databases')).databases
  composer.setDatabases(databases)
}

/** Shows what the address names. */
function route(): void {
  const [place, id, more, last] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  earlier.mark(shownQuestion())
  for (const link of document.querySelectorAll('.nav-link')) {
    if (PLACES.includes(place ?? '') && link.getAttribute('href') === `#/${place}`)
      link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  if (place === 'q' && id) return void ask.showPast(id)
  ask.leave()
  if (place === 'runs') return void showBenchmark(id, more, last)
  if (place === 'databases' && id) return void showDatabase(id, { askAbout, replace, removed })
  if (place === 'databases') {
    showDatabases(databases, addDatabase)
    byId('view').querySelector('h1')?.focus()
    // Others, and the command line, may have added or removed some.
    return void loadDatabases().then(() => location.hash === '#/databases' && showDatabases(databases, addDatabase))
  }
  if (place === 'administration') return void showAdministration()
  if (place === 'reviews') return void showReviews().then(() => byId('view').querySelector('h1')?.focus())
  ask.showHome()
  if (matchMedia('(pointer: fine)').matches) composer.focus()
}

/** `more` is the run beside it, or says that `last` is the number of one of its questions. */
function showBenchmark(id: string | undefined, more: string | undefined, last: string | undefined): Promise<void> {
  if (!id) return showRuns()
  return more === 'questions' && last ? showCase(id, last) : showRun(id, more ?? null)
}

function shownQuestion(): string | null {
  return /^#\/q\/(.+)$/.exec(location.hash)?.[1] ?? null
}

function goHome(): void {
  if (location.hash === '#/' || location.hash === '') route()
  else location.hash = '#/'
}

function askAbout(database: DatabaseSummary): void {
  composer.chooseDatabase(database.id)
  location.hash = '#/'
}

function replace(database: DatabaseSummary): void {
  upload([], database)
}

function removed(database: DatabaseSummary): void {
  announce(`${database.name} was removed`)
  void loadDatabases().then(() => {
    location.hash = '#/databases'
  })
}

function addDatabase(): void {
  upload([])
}

function upload(files: File[], replaces?: DatabaseSummary): void {
  openUploadDialog({
    files,
    ...(replaces ? { replaces } : {}),
    done: (database) => {
      announce(`${database.name} is ready`)
      void loadDatabases().then(() => {
        composer.chooseDatabase(database.id)
        if (replaces) route()
        else goHome()
      })
    },
  })
}
