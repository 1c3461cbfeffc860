import { setTimeout as delay } from 'node:timers/promises'
import { allComponents } from './check-message.ts'
import type { Gateway } from './gateway.ts'
import {
  botPermissions,
  channelPayload,
  memberPayload,
  messagePayload,
  permissionsOf,
  userPayload,
} from './payloads.ts'
import type { GivenFile } from './people.ts'
import type { Channel, Command, CommandOption, Component, Interaction, Message, User, World } from './world.ts'

type Values = Record<string, string | boolean | GivenFile>

/** What people do with a bot beyond writing: commands, completion, buttons, menus, forms. Only what Discord would offer can be done. */
export function createInteractions(world: World, gateway: Gateway) {
  type About = { user: User; channel: Channel; type: number; data: object; message?: Message | undefined }

  function begin({ user, channel, type, data, message }: About): Interaction {
    const interaction: Interaction = {
      id: world.newId(),
      token: `token-${world.newId()}`,
      type,
      userId: user.id,
      channelId: channel.id,
      createdAt: Date.now(),
      expired: false,
      response: null,
      originalId: null,
      messageId: message?.id ?? null,
      command: type === 2 && 'name' in data ? String(data.name) : null,
      modal: null,
      choices: null,
    }
    world.interactions.set(interaction.token, interaction)
    const guild = world.guilds.get(channel.guildId ?? '')
    const member = guild && memberPayload(world, guild, user.id)
    gateway.send('INTERACTION_CREATE', {
      id: interaction.id,
      application_id: world.application.id,
      type,
      data,
      channel: channelPayload(world, channel),
      channel_id: channel.id,
      token: interaction.token,
      version: 1,
      app_permissions: String(botPermissions(channel)),
      locale: user.locale,
      entitlements: [],
      authorizing_integration_owners: {},
      context: guild ? 0 : 1,
      attachment_size_limit: 10_485_760,
      ...(message ? { message: messagePayload(world, message) } : {}),
      ...(guild && member
        ? {
            guild_id: guild.id,
            guild_locale: 'en-US',
            member: { ...member, permissions: String(permissionsOf(guild, user.id)) },
          }
        : { user: userPayload(user) }),
    })
    return interaction
  }

  function keepFiles(files: GivenFile[]) {
    const kept = files.map(({ name, content }) => {
      const id = world.newId()
      const bytes = Buffer.from(content)
      world.files.set(id, bytes)
      return { id, filename: name, size: bytes.length, url: `${world.fileBase}/${id}/${encodeURIComponent(name)}` }
    })
    return Object.fromEntries(kept.map((file) => [file.id, { ...file, proxy_url: file.url, content_type: null }]))
  }

  function commandData(words: string, values: Values, focused?: string) {
    const [name = '', ...path] = words.split(' ')
    const command = world.commands.find((one) => one.name === name) ?? nothing(`command /${name}`)
    const files: ReturnType<typeof keepFiles> = {}
    const given = Object.entries(values).map(([option, value]) => {
      const known = optionsAt(command, path).find((one) => one.name === option) ?? nothing(`option ${option}`)
      if (typeof value !== 'object')
        return { name: option, type: known.type, value, ...(option === focused ? { focused: true } : {}) }
      const kept = keepFiles([value])
      Object.assign(files, kept)
      return { name: option, type: known.type, value: Object.keys(kept)[0] }
    })
    const missing = focused ? [] : optionsAt(command, path).filter((one) => one.required && !(one.name in values))
    if (missing.length > 0) throw new Error(`/${words} needs ${missing.map((one) => one.name).join(', ')}`)
    const options = path.reduceRight<object[]>(
      (inner, word, at) => [{ name: word, type: path.length - at, options: inner }],
      given,
    )
    return { id: world.application.id, name, type: 1, options, resolved: { attachments: files } }
  }

  function findComponent(message: Message, wanted: (part: Component) => boolean, what: string): Component {
    const found = allComponents(world.messages.find(({ id }) => id === message.id)?.components ?? []).find(wanted)
    return found ?? nothing(`${what} on this message`)
  }

  return (user: User) => ({
    /** Sends a command: its words without the slash, its options by name. */
    slash: (channel: Channel, words: string, values: Values = {}): Interaction =>
      begin({ user, channel, type: 2, data: commandData(words, values) }),
    /** Types in an option that completes; gives what is offered. */
    async complete(channel: Channel, words: string, option: string, typed: string) {
      const interaction = begin({ user, channel, type: 4, data: commandData(words, { [option]: typed }, option) })
      for (let waited = 0; interaction.choices === null && waited < 3000; waited += 10) await delay(10)
      return interaction.choices
    },
    /** Presses the button with this label. */
    press(message: Message, label: string): Interaction {
      const isIt = (part: Component) => part.type === 2 && part.label === label
      const { custom_id } = findComponent(message, isIt, `button ${label}`)
      return begin({ user, channel: channelOf(message), type: 3, data: { custom_id, component_type: 2 }, message })
    },
    /** Sends a press that no button on the message has, as only a forged client can. */
    forge: (message: Message, customId: string): Interaction =>
      begin({ user, channel: channelOf(message), type: 3, data: { custom_id: customId, component_type: 2 }, message }),
    /** Picks from the menu of a message, by the labels of the options. */
    pick(message: Message, ...labels: string[]): Interaction {
      const menu = findComponent(message, ({ type }) => type === 3, 'menu')
      const options = menu.options as { label: string; value: string }[]
      const values = labels.map(
        (label) => options.find((one) => one.label === label)?.value ?? nothing(`option ${label}`),
      )
      const data = { custom_id: menu.custom_id, component_type: 3, values }
      return begin({ user, channel: channelOf(message), type: 3, data, message })
    },
    /** Fills in the form that an interaction was answered with, by the names of its fields, and sends it. */
    fill(interaction: Interaction, values: Record<string, string | string[] | GivenFile[]>): Interaction {
      const { modal } = interaction
      if (!modal) throw new Error('no form was shown')
      const files: ReturnType<typeof keepFiles> = {}
      const fields = allComponents(modal.components).filter((part) => typeof part.custom_id === 'string')
      const unknown = Object.keys(values).filter((name) => !fields.some((field) => field.custom_id === name))
      if (unknown.length > 0) nothing(`field ${unknown}`)
      const components = fields.map((field) => ({
        type: 18,
        component: { type: field.type, custom_id: field.custom_id, ...filled(field, values[String(field.custom_id)]) },
      }))
      function filled(field: Component, value: (typeof values)[string] | undefined) {
        if (field.type === 4) return { value: value ?? field.value ?? '' }
        if (field.type !== 19) return { values: value ?? preset(field) }
        const kept = keepFiles((value ?? []) as GivenFile[])
        Object.assign(files, kept)
        return { values: Object.keys(kept) }
      }
      const message = world.messages.find(({ id }) => id === interaction.messageId)
      const channel = world.channels.get(interaction.channelId) ?? nothing('channel')
      const data = { custom_id: modal.custom_id, components, resolved: { attachments: files } }
      return begin({ user, channel, type: 5, data, message })
    },
  })

  function channelOf({ channelId }: Message): Channel {
    return world.channels.get(channelId) ?? nothing('channel')
  }
}

function preset({ options }: Component): string[] {
  const list = (options ?? []) as { value: string; default?: boolean }[]
  return list.filter((one) => one.default).map(({ value }) => value)
}

function optionsAt(command: Command, path: string[]): CommandOption[] {
  return path.reduce(
    (options, word) =>
      options.find(({ name }) => name === word)?.options ??
      (options.some(({ name }) => name === word) ? [] : nothing(`subcommand ${word}`)),
    command.options ?? [],
  )
}

function nothing(what: string): never {
  throw new Error(`There is no ${what}.`)
}
