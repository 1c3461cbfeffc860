import type { Schema, Table } from '#databases/schema/schema.ts'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'

/** What people drop on the page: a spreadsheet or two, and what they then ask. */
export type Sheets = { schema: Schema; answerable: string[]; unanswerable: string[] }

export const SHEETS: Record<string, Sheets> = {
  people: {
    schema: schemaOf(table('people', 'Name', 'Age INTEGER', 'City', 'Occupation', 'Married')),
    answerable: [
      'List everyone over 60',
      'How old is the oldest person?',
      'Who is the youngest?',
      'average age',
      'show me everything',
      'pensioners',
      'how many adults',
      'List singles',
      'What do people do for a living?',
      'Which towns do they come from?',
      'everyone sorted by name',
    ],
    unanswerable: [
      'What is the weather like?',
      'How many orders last week?',
      'Who is the CEO?',
      'List the phone numbers',
    ],
  },
  employees: {
    schema: schemaOf(
      table(
        'employees',
        '"First Name"',
        '"Last Name"',
        'Department',
        '"Annual Salary" REAL',
        '"Hire Date" DATE',
        'Office',
        'Remote',
      ),
    ),
    answerable: [
      'average tenure',
      'tenure by department',
      'Who has been here the longest?',
      'how long has each person worked here',
      'years of service per person',
      'work anniversaries this month',
      'How many work from home?',
      'headcount by location',
      'newest joiners',
    ],
    unanswerable: ['What are the side effects?', 'How many patients were treated?', 'shoe size of each employee'],
  },
  airports: {
    schema: schemaOf(
      table(
        'airports',
        'Airport',
        'City',
        'Country',
        'IATA',
        'ICAO',
        'Latitude REAL',
        'Longitude REAL',
        'Elevation INTEGER',
      ),
      dated(
        table('flights', 'Origin > airports.IATA', 'Destination', 'Departure', 'Arrival', 'Airline', 'Seats INTEGER'),
      ),
    ),
    answerable: [
      'IATA code of Zurich',
      'ICAO codes',
      'What is the airport code for Heathrow?',
      'coordinates of Schiphol',
      'northernmost airport',
      'highest altitude',
      'busiest route',
      'which carrier is most punctual',
      'late flights',
      'what takes the longest',
    ],
    unanswerable: ['Who is the mayor of Paris?', 'list recipes with garlic', 'How many students are enrolled?'],
  },
  expenses: {
    schema: schemaOf(table('expenses', 'Date DATE', 'Category', 'Merchant', 'Amount REAL', '"Paid By"', 'Reimbursed')),
    answerable: [
      'costs per month',
      'Which vendor gets the most of our money?',
      'how many receipts',
      'cheapest purchase',
      'total per shop',
      'How much do we owe Bruno?',
      'What did we buy at Rewe?',
    ],
    unanswerable: ['average exam grade', 'How many flights were delayed?', 'Who won the match?'],
  },
  films: {
    schema: schemaOf(table('films', 'title', 'genre', 'released INTEGER', 'runtime INTEGER', 'director', 'imdb REAL')),
    answerable: [
      'Which movies came out in 1999?',
      'top 10 by rating',
      'what is the average length',
      'films per decade',
      'most successful director',
      'oldest picture',
    ],
    unanswerable: ['airline delays', 'list the students', 'How many orders were shipped?'],
  },
  tickets: {
    schema: schemaOf(
      dated(table('tickets', 'id! INTEGER', 'opened', 'closed', 'priority', 'agent', 'requester', 'status')),
    ),
    answerable: [
      'average resolution time',
      'turnaround time',
      'backlog per agent',
      'critical cases',
      'unresolved problems',
      'how long do customers wait',
      'which agent is fastest',
    ],
    unanswerable: ['revenue by product', 'List the recipes', 'How many goals did we score?'],
  },
}

/** The table with its columns of moments marked as such. */
function dated(one: Table): Table {
  const isMoment = (name: string) => /^(departure|arrival|opened|closed)$/i.test(name)
  const columns = one.columns.map((column) =>
    isMoment(column.name) ? plainColumn(column.name, column.type, { dateFormat: 'datetime' }) : column,
  )
  return { ...one, columns }
}
