import {
  ApplicationFlags,
  ApplicationFlagsBitField,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  Routes,
} from 'discord.js'
import { z } from 'zod'
import type { Finding } from '../finding.ts'
import type { DiscordSettings } from './discord-settings.ts'
import { toFailure } from './to-failure.ts'

const { ViewChannel, SendMessages, SendMessagesInThreads, AttachFiles, ReadMessageHistory } = PermissionFlagsBits

/** What the bot must be allowed in a server. */
export const PERMISSIONS = new PermissionsBitField([
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  AttachFiles,
  ReadMessageHistory,
])

export type DiscordCheck = { applicationId: string | null; findings: Finding[] }

const application = z.object({ id: z.string(), name: z.string(), flags: z.number().default(0) })
const servers = z.array(z.object({ name: z.string(), permissions: z.string() }))

/** Whether Discord takes the token, and what the bot may not do yet in its servers. Nothing where no token is set. */
export async function checkDiscord({ token, api, messageContent }: DiscordSettings): Promise<DiscordCheck> {
  if (token === null) return { applicationId: null, findings: [] }
  const rest = new REST({ retries: 0, ...(api === undefined ? {} : { api }) }).setToken(token)
  try {
    const { id, name, flags } = application.parse(await rest.get(Routes.currentApplication()))
    const joined = servers.parse(await rest.get(Routes.userGuilds()))
    return {
      applicationId: id,
      findings: [
        { ok: true, what: 'token', found: name },
        ...(messageContent ? [intent(flags)] : []),
        ...(joined.length === 0 ? [inNoServer] : joined.map(server)),
      ],
    }
  } catch (error) {
    return { applicationId: null, findings: [refused(error)] }
  }
}

const inNoServer: Finding = {
  ok: false,
  what: 'servers',
  found: 'the bot is in none yet',
  advice: 'Open the invitation above and choose a server that you manage.',
}

function intent(flags: number): Finding {
  const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlags
  const isOn = new ApplicationFlagsBitField(flags).any([GatewayMessageContent, GatewayMessageContentLimited])
  const what = 'message-content intent'
  const advice = 'Switch it on in the developer portal (Bot), or set ROWBOT_DISCORD_MESSAGE_CONTENT=off.'
  return isOn ? { ok: true, what, found: 'on' } : { ok: false, what, found: 'off', advice }
}

function server({ name, permissions }: z.infer<typeof servers>[number]): Finding {
  const missing = new PermissionsBitField(BigInt(permissions)).missing(PERMISSIONS)
  const what = `server ${name}`
  if (missing.length === 0) return { ok: true, what, found: 'all permissions that are needed' }
  const words = missing.map((permission) => permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')).join(', ')
  const advice = 'Open the invitation above again for this server, or give the bot’s role these permissions.'
  return { ok: false, what, found: `${words} missing`, advice }
}

function refused(error: unknown): Finding {
  const failure = toFailure(error)
  if (!failure) throw error
  const advice = 'Copy the token of the bot (developer portal, Bot, Reset Token) into ROWBOT_DISCORD_TOKEN.'
  return failure.kind === 'unauthorised'
    ? { ok: false, what: 'token', found: 'Discord refuses it', advice }
    : { ok: false, what: 'token', found: `Discord cannot be asked: ${failure.detail}`, advice: 'Check the network.' }
}
