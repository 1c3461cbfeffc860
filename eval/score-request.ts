import { dirname, join } from 'node:path'
import type { ScoreWishes } from '#core/evaluation/score-wishes.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { isThere } from './datasets/is-there.ts'
import { spiderFolder } from './datasets/spider-folder.ts'
import type { ScoreRequest } from './score-file.ts'

/**
 * Fills in what was not named: Spider dev's gold queries, its databases and its distilled ones, or what lies beside the gold file.
 * @throws RowbotError where something that is needed is nowhere.
 */
export async function scoreRequest(file: string, wishes: ScoreWishes, ourSpider: string): Promise<ScoreRequest> {
  const folder = wishes.gold === undefined ? await spiderFolder(wishes.spider, ourSpider) : dirname(wishes.gold)
  const tables = wishes.tables ?? join(folder, 'tables.json')
  return {
    file,
    gold: wishes.gold ?? (await devGold(folder)),
    databases: await existing(wishes.dbDir ?? join(folder, 'database'), '--db-dir'),
    suite: wishes.ts ? await existing(wishes.suiteDir ?? join(folder, 'testsuite'), '--suite-dir') : null,
    tables: wishes.tables !== undefined || (await isThere(tables)) ? tables : null,
    rule: wishes.rule,
    likeReference: wishes.asReference,
    plugValue: wishes.plugValue,
    keepDistinct: wishes.keepDistinct,
  }
}

/** The file that the field's scorers are given: a few of its queries are not those of dev.json. */
async function devGold(folder: string): Promise<string> {
  const published = join(folder, 'dev_gold.sql')
  return (await isThere(published)) ? published : join(folder, 'dev.json')
}

async function existing(folder: string, flag: string): Promise<string> {
  if (await isThere(folder)) return folder
  throw new RowbotError({
    code: 'dataset-missing',
    message: `There is no folder ${folder}.`,
    advice: `Name the folder in which every database has a folder of its own with ${flag}.`,
  })
}
