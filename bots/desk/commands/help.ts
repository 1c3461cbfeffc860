import type { PageMessage } from '../chat-message.ts'
import { button } from '../reply-message.ts'
import { page } from '../say.ts'

/** What can be done, for somebody who has never done it. */
export function helpPage(unknown?: string): PageMessage {
  return page(
    'Ask your database',
    [
      ...(unknown ? [{ lines: [`There is no command “${unknown}”. These there are:`] }] : []),
      {
        heading: 'Ask',
        lines: [
          'Ask in plain words, by command, by mentioning me or in a direct message: “how many orders last week”.',
          'Reply to an answer to go on from it: “only in France”, “as a bar chart”.',
          'Answers in a channel can be seen by everybody in it.',
        ],
      },
      {
        heading: 'Commands',
        lines: [
          'databases: what you may ask here; databases add, databases remove NAME',
          'use NAME: which databases belong to this channel',
          'access NAME: who may ask a database',
          'glossary: what words mean; glossary add, glossary remove NAME WORD',
          'settings: private on|off, time-zone Europe/Berlin, locale de-CH',
          'saved: your saved questions',
          'admin: queue, model, quotas, audit log',
          'benchmark: how often the model is right',
        ],
      },
    ],
    [button('add-database', 'new')],
  )
}
