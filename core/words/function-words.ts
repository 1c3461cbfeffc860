import { singular } from './split-words.ts'
import { inflectedFrom, isTransposed } from './word-forms.ts'

/** Words of asking, comparing and counting, slips of the keyboard in them too: they say how to answer, not what about. */
export function isFunctionWord(word: string): boolean {
  if (FUNCTION_WORDS.has(word) || inflectedFrom(word).some((one) => FUNCTION_WORDS.has(one))) return true
  return word.length >= 4 && [...FUNCTION_WORDS].some((one) => isTransposed(word, one))
}

/** Words of asking themselves, in their singular too. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
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
  thousand million second third zero half double twice third day today yesterday tomorrow hour minute quarter quarterly monthly weekly daily yearly
  annual annually date ago past previous current early earlier earliest late later recent least equal equally happen happened
  don doesn didn isn aren wasn weren hasn haven won couldn ha wa ve ll re whichever whatever anybody everybody everyone somebody someone
  currently actually usually typically start end begin began between least per every always often sometimes
  eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
  averaged summed greatest smallest alphabetic available offer offered ids didnt dont doesnt isnt youngest tallest longest heaviest created teh how's
  word substring letter contained containing contain mentioned mention accessed access accessible established produced produce
  whats include included appear appeared regardless either besides along correspond together whichever
  made placed number total sum average statistics overview summary report chart graph plot bar pie line
  listed fewest fewer younger shared involved received taken took taking held serve served starting started provided frequency run ran work
  worked working based info select string lasted spent
  person he she member customer's ordinal appear appearing occur occurrence
  ppl pls plz kindly thx thank thanks hello hi hey dear gimme lemme wanna gonna wat wht abt fyi btw asap regarding concerning wonder
  wondering curious interested wish pull grab fetch extract export hand breakdown split tally rundown figure stats statistic
  roughly approximately exactly precisely really simply basically everything busy busiest weekday weekend down away back quick quickly right altogether
  v vs versus nobody noone someone somebody decade century trend trending growth evolution going loyal repeat repeated regular successful unsuccessful
  performance code period ups recurring lately nowadays
  affiliated linked attached assigned relevant concerned specified entire typical relating pertaining matching matched connected tied applicable
  appropriate certain specific multiple numerous additional remaining actual exact precise approximate presently already exclusively solely
  mainly mostly primarily partly fully entirely likewise furthermore moreover arrange arranged reverse topmost exceed exceeding surpass
  surpassing beyond outside inside amongst throughout excluding locate determine enumerate obtain specify indicate possess possessing hold
  holding consist consisting comprise comprising involve involving relate participate participating participated instance tuple
  folk fraction blank empty duplicate bring bringing brought hardly rn u ur r rarely newest furthest farthest hardest soonest bottom
  apiece handful bunch dozen couple majority minority remainder rest cumulative distribution histogram percentile deviation variance
  gap normal usual unusual odd strange weird interesting notable outlier pattern rise rising fall falling fell grew increased decreased
  dropped jumped evolve tend against prior whatsoever snapshot recap summarise summarize ballpark honestly stuff huge tiny little
  pair love loved grow growing shrink shrinking decline declining`
    .split(/\s+/)
    .flatMap((word) => [word, singular(word)]),
)
