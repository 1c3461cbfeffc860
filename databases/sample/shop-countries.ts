import { base, de, de_AT, de_CH, en, en_GB, es, Faker, fr, it, nl, pl, type Randomizer, sv } from '@faker-js/faker'

/** Where the shop's customers live, and who they could be. */
export type Country = {
  name: string
  /** Share of the customers. */
  share: number
  cities: readonly string[]
  locale: ConstructorParameters<typeof Faker>[0]['locale']
}

export const COUNTRIES: readonly Country[] = [
  {
    name: 'Germany',
    share: 0.3,
    cities: [
      'Berlin',
      'Hamburg',
      'München',
      'Köln',
      'Frankfurt am Main',
      'Leipzig',
      'Nürnberg',
      'Düsseldorf',
      'Göttingen',
    ],
    locale: [de, en, base],
  },
  {
    name: 'France',
    share: 0.16,
    cities: ['Paris', 'Lyon', 'Marseille', 'Nîmes', 'Bordeaux', 'Besançon', 'Lille', 'Saint-Étienne'],
    locale: [fr, en, base],
  },
  {
    name: 'United Kingdom',
    share: 0.13,
    cities: ['London', 'Manchester', 'Edinburgh', 'Bristol', 'Leeds', 'Cardiff'],
    locale: [en_GB, en, base],
  },
  {
    name: 'Spain',
    share: 0.1,
    cities: ['Madrid', 'Barcelona', 'Sevilla', 'Málaga', 'Cádiz', 'A Coruña'],
    locale: [es, en, base],
  },
  {
    name: 'Italy',
    share: 0.09,
    cities: ['Roma', 'Milano', 'Torino', 'Napoli', 'Forlì', 'Bologna'],
    locale: [it, en, base],
  },
  {
    name: 'Netherlands',
    share: 0.07,
    cities: ['Amsterdam', 'Rotterdam', 'Utrecht', 'Den Haag', 'Eindhoven'],
    locale: [nl, en, base],
  },
  {
    name: 'Austria',
    share: 0.05,
    cities: ['Wien', 'Graz', 'Linz', 'Salzburg', 'Sankt Pölten'],
    locale: [de_AT, de, en, base],
  },
  {
    name: 'Switzerland',
    share: 0.04,
    cities: ['Zürich', 'Genève', 'Basel', 'Bern', 'Neuchâtel'],
    locale: [de_CH, de, en, base],
  },
  { name: 'Poland', share: 0.04, cities: ['Warszawa', 'Kraków', 'Łódź', 'Wrocław', 'Gdańsk'], locale: [pl, en, base] },
  { name: 'Sweden', share: 0.02, cities: ['Stockholm', 'Göteborg', 'Malmö', 'Örebro'], locale: [sv, en, base] },
]

export type Names = { first: readonly string[]; last: readonly string[] }

/** So many names of the country, drawn once: Faker is too slow to be asked for every customer. */
export function drawNames(country: Country, randomizer: Randomizer, count: number): Names {
  const faker = new Faker({ locale: country.locale, randomizer })
  const several = (draw: () => string) => Array.from({ length: count }, draw)
  return { first: several(() => faker.person.firstName()), last: several(() => faker.person.lastName()) }
}
