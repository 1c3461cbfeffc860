import { z } from 'zod'
import { SlackRefusal } from './slack-refusal.ts'
import { findMessage, nextTimestamp, type SlackFile, slackId, type Workspace } from './slack-world.ts'
import { json, type MethodContext, type WebMethod, webMethod, writableChannel } from './web-method.ts'

/** How long an upload is gone over before blocks may show it. */
const PROCESSING_MS = 40

const completed = json.pipe(z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1))

/** Uploading in three steps: https://docs.slack.dev/messaging/working-with-files#uploading_files */
export const fileMethods: Record<string, WebMethod> = {
  'files.getUploadURLExternal': webMethod(
    ['files:write'],
    {
      filename: z.string().min(1),
      length: z.string().regex(/^[1-9]\d*$/),
      alt_text: z.string().max(1000).optional(),
      snippet_type: z.string().optional(),
    },
    ({ workspace, baseUrl }, { filename, alt_text }) => {
      const file = addFile(workspace, { name: filename, user: workspace.bot.userId, altText: alt_text })
      return { upload_url: `${baseUrl}/upload/${workspace.id}/${file.id}`, file_id: file.id }
    },
  ),
  'files.completeUploadExternal': webMethod(
    ['files:write'],
    {
      files: completed,
      channel_id: z.string().optional(),
      thread_ts: z.string().optional(),
      initial_comment: z.string().optional(),
    },
    (context, args) => {
      const { workspace } = context
      const files = args.files.map(({ id, title }) => {
        const file = workspace.files.get(id)
        if (!file || file.content.length === 0) throw new SlackRefusal('file_not_found')
        if (file.isComplete) throw new SlackRefusal('file_already_completed')
        return Object.assign(file, { title: title ?? file.name, isComplete: true, readyAt: Date.now() + PROCESSING_MS })
      })
      if (args.channel_id !== undefined) share(context, files, { ...args, channel_id: args.channel_id })
      return { files: files.map((file) => ({ id: file.id, title: file.title })) }
    },
  ),
  'files.info': webMethod(['files:read'], { file: z.string() }, ({ workspace, baseUrl }, { file: id }) => {
    const file = workspace.files.get(id)
    if (!file) throw new SlackRefusal('file_not_found')
    return { file: fileObject(workspace, file, baseUrl) }
  }),
}

type Destination = { channel_id: string; thread_ts?: string | undefined; initial_comment?: string | undefined }

function share({ workspace, changed }: MethodContext, files: SlackFile[], to: Destination): void {
  const channel = writableChannel(workspace, to.channel_id)
  if (to.thread_ts !== undefined && !findMessage(channel, to.thread_ts)) throw new SlackRefusal('invalid_thread_ts')
  channel.messages.push({
    ts: nextTimestamp(),
    user: workspace.bot.userId,
    text: to.initial_comment ?? '',
    blocks: [],
    thread: to.thread_ts,
    files,
    metadata: undefined,
    onlyFor: undefined,
    edits: 0,
  })
  changed()
}

/** A file that is in the workspace; the bot's own get their content later. */
export function addFile(
  workspace: Workspace,
  about: { name: string; user: string; content?: Buffer; altText?: string | undefined },
): SlackFile {
  const file: SlackFile = {
    id: slackId('F'),
    name: about.name,
    title: about.name,
    content: about.content ?? Buffer.alloc(0),
    altText: about.altText,
    user: about.user,
    mimetype: about.name.endsWith('.png')
      ? 'image/png'
      : about.name.endsWith('.csv')
        ? 'text/csv'
        : 'application/octet-stream',
    readyAt: about.content ? 0 : Number.POSITIVE_INFINITY,
    isComplete: about.content !== undefined,
  }
  workspace.files.set(file.id, file)
  return file
}

/** https://docs.slack.dev/reference/objects/file-object */
export function fileObject(workspace: Workspace, file: SlackFile, baseUrl: string): object {
  const isReady = file.readyAt <= Date.now()
  const address = `${baseUrl}/files/${workspace.id}/${file.id}`
  return {
    id: file.id,
    created: Math.floor(Date.now() / 1000),
    timestamp: Math.floor(Date.now() / 1000),
    name: file.name,
    title: file.title,
    mimetype: isReady ? file.mimetype : '',
    filetype: isReady ? (file.name.split('.').at(-1) ?? '') : '',
    user: file.user,
    user_team: workspace.id,
    size: file.content.length,
    mode: 'hosted',
    url_private: address,
    url_private_download: `${address}/download`,
    permalink: `https://${workspace.domain}.slack.com/files/${file.user}/${file.id}`,
  }
}
