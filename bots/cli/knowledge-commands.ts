import { type Command, InvalidArgumentError } from 'commander'
import type { Review } from '../conversation/reviews.ts'
import { alignColumns } from './align-columns.ts'
import type { CommandLine } from './host.ts'
import { EXIT } from './host.ts'
import { plainLines } from './plain-lines.ts'

/** `audit`, `glossary` and `reviews`. */
export function addKnowledgeCommands(program: Command, line: CommandLine): void {
  const { host, terminal, exit } = line
  program
    .command('audit')
    .description(
      'who asked what in chats, in the console and on the command line: which SQL ran, how many rows left, as CSV',
    )
    .option('--days <n>', 'how far back', wholeNumber, 30)
    .action(async ({ days }: { days: number }) => {
      terminal.write(await host.knowledge.audit(days))
      exit(EXIT.answered)
    })
  addGlossary(program, line)
  addReviews(program, line)
}

function addGlossary(program: Command, { host, terminal, exit }: CommandLine): void {
  const glossary = program.command('glossary').description('what words mean in a database')
  glossary
    .command('list')
    .argument('<database>')
    .action(async (database: string) => {
      const entries = await host.knowledge.glossary.list(database)
      terminal.write(entries.length === 0 ? 'Nothing is defined yet.\n' : definitions(entries))
      exit(EXIT.answered)
    })
  glossary
    .command('add')
    .description('define a word, or give it another meaning')
    .argument('<database>')
    .argument('<term>')
    .argument('<meaning>')
    .action(async (database: string, term: string, meaning: string) => {
      await host.knowledge.glossary.put(database, { term, meaning })
      terminal.write(`${plainLines(term)} is defined.\n`)
      exit(EXIT.answered)
    })
  glossary
    .command('remove')
    .argument('<database>')
    .argument('<term>')
    .action(async (database: string, term: string) => {
      const removed = await host.knowledge.glossary.remove(database, term)
      terminal.write(removed ? `${plainLines(term)} is no longer defined.\n` : 'There is no such word.\n')
      exit(removed ? EXIT.answered : EXIT.error)
    })
}

function addReviews(program: Command, { host, terminal, exit }: CommandLine): void {
  const reviews = program.command('reviews').description('answers with a thumb down that nobody has dealt with')
  reviews.command('list', { isDefault: true }).action(async () => {
    const listed = await host.knowledge.reviews.list()
    terminal.write(listed.length === 0 ? 'There is none.\n' : listed.map(reviewText).join('\n'))
    exit(EXIT.answered)
  })
  reviews
    .command('settle')
    .description('take an answer off the list')
    .argument('<question>', 'its id')
    .action(async (question: string) => {
      await host.knowledge.reviews.settle(question)
      exit(EXIT.answered)
    })
  reviews
    .command('case')
    .description('make an answer a case of the evaluation, with the SQL that would be right')
    .argument('<question>', 'its id')
    .argument('<sql>')
    .action(async (question: string, sql: string) => {
      await host.knowledge.reviews.makeCase(question, sql)
      terminal.write('It is a case now.\n')
      exit(EXIT.answered)
    })
}

function definitions(entries: { term: string; meaning: string }[]): string {
  return alignColumns(entries.map(({ term, meaning }) => [term, meaning]))
}

function reviewText({ questionId, text, by, comment, givenAt, reply }: Review): string {
  const tried = reply?.attempts.map(({ label, outcome, sql }) => `  ${label}: ${outcome}\n    ${sql}`) ?? []
  const said = `${givenAt.slice(0, 10)} ${by}${comment ? `: ${comment}` : ''}`
  return [`${text}`, `  ${questionId}`, `  ${said}`, ...tried].map(plainLines).join('\n').concat('\n')
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return number
}
