import type { PageMessage } from '../chat-message.ts'
import { button } from '../reply-message.ts'
import { page } from '../say.ts'
import { commandList, usageOf } from './command-list.ts'

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
      { heading: 'Commands', lines: commandList.map((command) => `${usageOf(command)}: ${command.about}`) },
    ],
    [button('add-database', 'new')],
  )
}
