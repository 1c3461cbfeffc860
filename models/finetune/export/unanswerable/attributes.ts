/** What people ask of things and databases seldom hold, as it stands in "the … of each …". */
export const ATTRIBUTES = `
accent|access code|allergy|altitude|anniversary|attendance record|background check|bank balance|barcode|battery life|blood pressure|blood type|
body temperature|bonus|brightness|broadband speed|calorie count|carbon footprint|charging time|childhood nickname|circumference|citizenship|
cleaning schedule|commission|complaint history|credit score|crime rate|daily routine|deadline|decibel level|delivery window|density|diagnosis|
diet|discount|dress code|driving licence|dropout rate|electricity bill|emission class|energy rating|entrance fee|error rate|evacuation plan|
excuse|exchange rate|expiry date|eye colour|failure rate|favourite colour|favourite food|fuel consumption|guarantee|hair colour|handwriting|hobby|
horoscope|humidity|income tax|insurance policy|interest rate|invoice number|jersey size|kilometre reading|late fee|legal status|lifespan|
loyalty points|lunch break|maiden name|maintenance cost|marital status|market share|mileage|mood|mortgage|mother tongue|motto|net worth|nickname|
noise level|number plate|opening hours|operating system|overtime|owner|packaging|parking space|passport number|password|pension|pet|popularity|
postage|power consumption|pregnancy|profit margin|pulse|punctuality|rainfall|recipe|refund reason|reliability|religion|repair history|
resolution|response time|return policy|revenue forecast|salary|satisfaction score|screen size|security level|serial number|severity|shelf life|
shoe size|sick leave|sleep duration|smell|soil quality|spouse|storage temperature|subscription|sugar content|surface|tax rate|temperature|thickness|
tip|tone|torque|training hours|traffic|tuition|twitter handle|vaccination|viewing figures|visa|voltage|waiting list|warranty|water level|
wavelength|weather|wingspan|work permit|zodiac sign`
  .split('|')
  .map((name) => name.trim())

/** What may hold for a thing or not, and what a database would have to know of it. */
export const PREDICATES: [says: string, missing: string][] = [
  ['are insured', 'insurance'],
  ['are vegetarian', 'diet'],
  ['are on holiday', 'holidays'],
  ['are married', 'marital status'],
  ['are out of warranty', 'warranty'],
  ['are wheelchair accessible', 'accessibility'],
  ['are overdue', 'due dates'],
  ['are haunted', 'ghosts'],
  ['are left-handed', 'handedness'],
  ['are profitable', 'profit'],
  ['are under repair', 'repairs'],
  ['are kept as pets', 'pets'],
  ['were reported stolen', 'thefts'],
  ['were complained about', 'complaints'],
  ['were recommended by a friend', 'recommendations'],
  ['were inspected this year', 'inspections'],
  ['were vaccinated', 'vaccinations'],
  ['were photographed', 'photographs'],
  ['have a garden', 'gardens'],
  ['have a criminal record', 'criminal records'],
  ['have a parking space', 'parking'],
  ['have children', 'children'],
  ['have won a lottery', 'lotteries'],
  ['have been translated', 'translations'],
  ['have free wifi', 'wifi'],
  ['smell the worst', 'smell'],
  ['speak Spanish', 'languages'],
  ['snore', 'snoring'],
  ['pay with cash', 'payment method'],
  ['need a licence', 'licences'],
]
