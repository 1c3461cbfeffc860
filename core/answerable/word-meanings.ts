import { singular } from '../names/similar-name.ts'
import { formsOf, inflectedFrom, isTransposed } from './word-forms.ts'

/** Words of asking, comparing and counting, slips of the keyboard in them too: they say how to answer, not what about. */
export function isFunctionWord(word: string): boolean {
  if (FUNCTION_WORDS.has(word) || inflectedFrom(word).some((one) => FUNCTION_WORDS.has(one))) return true
  return word.length >= 4 && [...FUNCTION_WORDS].some((one) => isTransposed(word, one))
}

/** Other words for the same thing in everyday business, in their singular. */
export function meaningsOf(word: string): string[] {
  const forms = formsOf(word)
  return [...new Set([...forms, ...forms.flatMap((form) => GROUPS_OF.get(form) ?? [])])]
}

/** What a word is one of the possible values of: "red" of a color, "Germany" of a country. */
export function attributesOf(word: string): string[] {
  const attributes = [...VALUES].flatMap(([attribute, values]) => (values.has(word) ? [attribute] : []))
  return attributes.flatMap((attribute) => meaningsOf(attribute))
}

const FUNCTION_WORDS = new Set(
  `a about above across after again all along also although am among an and any anyone anything apart are around as ask at away be became
  because been before being below between both but by came can cannot combined come compare compared comparison contain could count currently
  describe did differ difference different distinct do doe does doing done during each either else ever every exactly except exist far few
  find first following for from full further gave get give given go got great greater group had has have having he her here hi him his how
  however i if in include including individual into is it its itself just keep kind know large larger largest last latest least leave less
  let like list look lot low lower lowest made main make many matter maximum may me mean meaning measure median minimum mine month more most
  much must my near need never new newest next no none nor not now number of off old older oldest on once one only onto or order other our out
  over overall own part particular people per percent percentage perform please possible present provide question rank ranked ranking rate
  ratio recent recently record related respective respectively result return same say see sell separate set several shall share she should
  show since single small smaller smallest so some something sort sorted still such sum take tell than thank that the their them then there
  these they thing this those through thus time to together too top total toward two type under unique until up upon us use used using value
  various very want was way we week well were what when where whether which while who whole whom whose why will with within without would
  year yes yet you your high higher highest average avg mean max min long longer longest short shorter shortest big bigger biggest best worst
  good better bad common frequent frequently popular belong associated corresponding correspond ascending descending alphabetical
  alphabetically decreasing increasing order ordered amount quantity information detail entry item data database table column row id identify
  identifier name named title called display retrieve return fetch calculate compute three four five six seven eight nine ten hundred
  thousand million second third zero half double twice third day today yesterday tomorrow hour minute quarter monthly weekly daily yearly
  annual annually date ago past previous current early earlier earliest late later recent least equal equally happen happened
  don doesn didn isn aren wasn weren hasn haven won couldn ha wa ve ll re whichever whatever anybody everybody everyone somebody someone
  currently actually usually typically start end begin began between least per every always often sometimes
  averaged summed greatest smallest alphabetic available offer offered ids didnt dont doesnt isnt youngest tallest longest heaviest created teh how's
  word substring letter contained containing contain mentioned mention accessed access accessible established produced produce
  whats include included appear appeared regardless either besides along correspond together whichever
  made placed number total sum average statistics overview summary report chart graph plot bar pie line
  listed fewest fewer younger shared involved received taken took taking held serve served starting started provided frequency run ran work
  worked working based info select string lasted spent
  person he she member customer's ordinal appear appearing occur occurrence
  ppl pls plz kindly thx thank thanks hello hi hey dear gimme lemme wanna gonna wat wht abt fyi btw asap regarding concerning wonder
  wondering curious interested wish pull grab fetch extract export hand breakdown split tally rundown figure stats statistic
  roughly approximately exactly precisely really simply basically everything busy busiest weekday weekend down away back quick quickly right altogether`
    .split(/\s+/)
    .flatMap((word) => [word, singular(word)]),
)

const GROUPS = [
  // People and their work.
  'customer client buyer shopper consumer guest patron account user visitor subscriber',
  'guest visitor tourist traveller traveler lodger passenger',
  'passenger traveller traveler rider flyer',
  'employee staff worker personnel colleague headcount workforce coworker teammate workmate crew',
  'boss manager head chief leader supervisor director superior report subordinate',
  'department division section unit team',
  'position job role title occupation profession post rank',
  'salary wage pay compensation earn paid income payroll remuneration',
  'hire recruit join start employ onboard appoint',
  'resign quit leave dismiss fire terminate retire',
  'vacation holiday leave absence',
  'student pupil learner',
  'teacher instructor professor faculty lecturer teach tutor',
  'school university college institution academy campus',
  'course class lesson subject module lecture',
  'exam test quiz assessment examination',
  'degree diploma qualification',
  'enrol enroll register attend study',
  'woman female lady girl',
  'man male gentleman boy',
  'gender sex male female man woman',
  'wife husband spouse partner married marital',
  'child kid son daughter',
  'mother father parent',
  'address home street residence live',
  'phone telephone mobile cell',
  'email mail contact',
  'age old young birth born birthday dob',
  'death die dead',
  'firstname forename given',
  'surname lastname family',
  // Trade.
  'product article good merchandise item ware',
  'order purchase sale bought buy ordered sold sell transaction invoice',
  'revenue turnover sale income earning amount price total value paid payment spend spent money earn',
  'price cost expensive cheap charge fee worth rate tariff dear pricey',
  'payment pay paid transaction settle',
  'invoice bill charge receipt',
  'owe debt outstanding unpaid due balance bill paid',
  'return returned refund refunded',
  'discount reduction sale rebate',
  'ship shipped shipping delivery deliver delivered dispatch sent send shipment',
  'supplier vendor provider seller supply deliver',
  'stock inventory warehouse quantity',
  'manufacturer maker producer brand',
  'quantity amount number unit',
  'shop store outlet branch',
  'company firm business organization enterprise corporation',
  'cancel cancelled canceled',
  'approve accept grant',
  'reject decline refuse deny',
  'finish complete close end',
  'status state stage',
  'signup signed register joined created member',
  'subscription plan membership',
  'loan mortgage credit',
  'contract agreement',
  // Places and stays.
  'country nation nationality land',
  'country state region',
  'city town location place located hometown',
  'location place located address city where site live living',
  'postcode zip postal',
  'booking reservation book reserve stay',
  'occupancy occupied vacant free available booking',
  'arrive arrival come check',
  'depart departure leave check',
  'room suite accommodation',
  'house home apartment flat property',
  'owner landlord own',
  'tenant renter lessee',
  'rent lease rental',
  'building block structure',
  'hotel inn hostel resort',
  'restaurant cafe diner eatery',
  'meal dish food menu',
  // Health.
  'hospital clinic',
  'doctor physician surgeon medic',
  'speciality specialty specialism field',
  'appointment visit consultation',
  'illness disease condition diagnosis sickness ailment',
  'drug medicine medication prescription prescribe',
  'treatment therapy procedure surgery treat',
  // Works and leisure.
  'write wrote written author writer',
  'film movie',
  'song track music tune',
  'album record release',
  'singer artist musician performer',
  'band group',
  'book title publication',
  'publish publication publisher issue release',
  'game match fixture',
  'team club squad',
  'player athlete sportsman',
  'coach trainer',
  'stadium arena venue ground',
  'win victory winner champion',
  'point score rating grade mark',
  'review rating feedback comment opinion say star rate complaint',
  'event conference festival',
  'meeting appointment session',
  'election vote ballot',
  // Transport and things.
  'transport transportation travel',
  'trip journey ride travel tour',
  'car vehicle automobile auto',
  'truck lorry',
  'ship vessel boat',
  'train railway rail',
  'flight fly plane aircraft airplane',
  'road street route',
  'ticket issue case request',
  'task todo activity',
  'error fault defect bug failure',
  // Kinds and measures.
  'category type kind class genre group',
  'description explanation detail note text',
  'date day time when year',
  'size large big area',
  'weight heavy light',
  'height tall',
  'length long duration',
  'speed fast slow',
  'distance far',
  'temperature hot cold warm',
  'population inhabitant people resident',
  'language speak',
  'hold held holding',
].map((group) => group.split(' ').map(singular))

const GROUPS_OF = new Map<string, string[]>()
for (const group of GROUPS) for (const word of group) GROUPS_OF.set(word, [...(GROUPS_OF.get(word) ?? []), ...group])

const VALUES = new Map([
  [
    'color',
    new Set('red green blue yellow orange purple pink brown black white grey gray silver gold golden beige'.split(' ')),
  ],
  ['country', countryNames()],
  [
    'nationality',
    new Set([
      ...languageNames(),
      ...'american british australian canadian mexican brazilian austrian swiss'.split(' '),
    ]),
  ],
  ['age', new Set('child kid adult minor teenager toddler baby senior'.split(' '))],
])

/** Countries that are called by one word. */
function countryNames(): Set<string> {
  const names = namesOf('region', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  return new Set([...names, ...'usa uk america england abroad overseas foreign'.split(' ')])
}

/** Most of them are what their people are called, too. */
function languageNames(): Set<string> {
  return namesOf('language', 'abcdefghijklmnopqrstuvwxyz')
}

function namesOf(type: 'region' | 'language', letters: string): Set<string> {
  const codes = [...letters].flatMap((first) => [...letters].map((second) => first + second))
  const named = new Intl.DisplayNames('en', { type, fallback: 'none' })
  const names = codes.flatMap((code) => named.of(code)?.toLowerCase() ?? [])
  return new Set(names.filter((name) => /^\p{L}+$/u.test(name)).map(singular))
}
