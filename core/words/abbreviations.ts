import { singular } from './split-words.ts'

/** What a short word stands for, as databases and hurried people abbreviate ("qty", "dept", "dob"); nothing where it is none. */
export function expansionsOf(word: string): string[] {
  return ABBREVIATIONS.get(word) ?? []
}

/** Whether a short word is what is left of a long one: its beginning ("scor"), its consonants ("pltfrm"), or a few of its letters ("mgr"). */
export function abbreviates(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false
  if (short.length < SHORTEST) return short.length === 2 && short === consonantsOf(long)
  return long.startsWith(short) || isConsonantsOf(short, long) || isSomeLettersOf(short, long)
}

const SHORTEST = 3
/** So many letters with others left out could be of nearly any word. */
const MOST_LETTERS = 5

/** All of its consonants, or the first of them; doubled ones once or twice. */
function isConsonantsOf(short: string, long: string): boolean {
  const consonants = consonantsOf(long)
  const once = (text: string) => text.replace(/(.)\1/g, '$1')
  const doubled = short.match(/(.)\1/)?.[0] ?? ''
  return consonants.includes(doubled) && !/[aeiou]/.test(short.slice(1)) && once(consonants).startsWith(once(short))
}

function consonantsOf(word: string): string {
  return `${word[0]}${word.slice(1).replace(/[aeiou]/g, '')}`
}

function isSomeLettersOf(short: string, long: string): boolean {
  if (short.at(-1) !== long.at(-1) || short.length > MOST_LETTERS) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

/**
 * The words of a text whose initials spell one of the names: "date of birth" spells `dob`. A name of two letters must be spelt by two
 * words that say something themselves.
 */
export function spelledOut(texts: string[], names: Iterable<string>, isSmall: (word: string) => boolean): string[] {
  const initials = texts.map((word) => word[0] ?? '').join('')
  return [...names].flatMap((name) => {
    if (name.length < 2 || name.length > MOST_INITIALS) return []
    const at = initials.indexOf(name)
    const run = at < 0 ? [] : texts.slice(at, at + name.length)
    const small = run.filter(isSmall).length
    return small > 0 && (name.length === 2 || small > 1) ? [] : run
  })
}

const MOST_INITIALS = 5

const ABBREVIATIONS = new Map(
  `acc account|acct account|addr address|adr address|amt amount|appl application|appt appointment|apt apartment|arr arrival
  |asst assistant|attn attention|auth author|avail available|bal balance|bday birthday|bldg building|cat category|cd code
  |chg charge|cmt comment|cnt count|cntry country|corp company
  |ctry country|ctr center|cty city|cur currency|curr currency|cust customer|del delivery|dep department departure|dept department
  |desc description|descr description|dest destination|dev device|diag diagnosis|disc discount|dist district distance|div division|dob birth
  |doc document doctor|dpt department|dr doctor|dt date|dur duration|edu education|emp employee|empl employee|eng engineer|eqp equipment|eqpt equipment
  |evt event|exp expense|fac faculty|fname name|freq frequency|gov government|govt government|gp group|grp group
  |hosp hospital|hq headquarters|hr hour|hrs hour|inst institution|instr instructor|inv invoice inventory|invc invoice|lang language|lbl label
  |lib library|lname name|loc location|lvl level|manuf manufacturer|mbr member|med medicine|mem member|mfg manufacturer|mfr manufacturer
  |mgr manager|mgmt management|mktg marketing|mob mobile|msg message|mth month|natl nationality|nbr number|nm name|nr number
  |num number|occ occupation|ofc office|opt option|ord order|org organization|orig origin|pat patient|pax passenger|pct percent
  |ph phone|po purchase order|phn phone|pmt payment|pid patient|pop population|pos position|ppl people|prc price|prof professor|proc procedure|prod product
  |proj project|prov province|pt patient|pub publication|purch purchase|pymt payment|qty quantity|qnty quantity|rcpt receipt|rec record|recd received
  |ref reference|reg region registration|rep representative|req request|res reservation|resv reservation|rm room|rt rate|rtg rating
  |rx prescription|sal salary|sched schedule|sec section|sem semester|sku product item
  |spec speciality|sqft area square foot|sqm area square metre meter|st street state|stat status statistic|stats status statistic|std student standard|stk stock|str street|stu student|stud student
  |subj subject|sup supplier|supp supplier|suppl supplier|svc service|tel telephone|tkt ticket|tm time|tot total|trans transaction|trx transaction
  |ts time|txn transaction|tx transaction|uni university|univ university|usr user|val value|veh vehicle|ven vendor|vend vendor|vol volume|wh warehouse
  |whse warehouse|wk week|wt weight|yr year|zip postcode`
    .split('|')
    .map((pair) => pair.trim().split(' '))
    .map(([short = '', ...long]): [string, string[]] => [short, long.map(singular)]),
)
