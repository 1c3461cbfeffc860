import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts'
import type { Person } from './people.ts'
import type { Channel, Guild } from './world.ts'

/** A fake Discord with a server, a channel in it and Ana, whom nobody has made an administrator. */
export type Harbour = { discord: FakeDiscord; guild: Guild; sales: Channel; ana: Person }

export async function openHarbour(options?: Parameters<typeof startFakeDiscord>[0]): Promise<Harbour> {
  const discord = await startFakeDiscord(options)
  const guild = discord.addGuild('Harbour')
  return { discord, guild, sales: discord.addChannel(guild, 'sales'), ana: discord.addPerson('Ana', { guild }) }
}
