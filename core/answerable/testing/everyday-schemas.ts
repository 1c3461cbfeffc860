import type { Schema, Table } from '#databases/schema/schema.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'

/** Databases as they are found in offices: short names, abbreviations, codes, and names unlike the words that people use. */
export const EVERYDAY: Record<'staff' | 'stock' | 'clinic' | 'hotel', Schema> = {
  staff: schemaOf(
    table(
      'emp',
      'emp_id! INTEGER',
      'fname TEXT',
      'lname TEXT',
      'dob DATE',
      'hire_dt DATE',
      'dept_no INTEGER > dept.dept_no',
      'sal NUMERIC',
      'mgr_id INTEGER > emp.emp_id',
      'addr TEXT',
      'tel TEXT',
    ),
    table('dept', 'dept_no! INTEGER', 'dname TEXT', 'loc TEXT', 'budget NUMERIC'),
    holding(
      table(
        'leave_req',
        'req_id! INTEGER',
        'emp_id INTEGER > emp.emp_id',
        'from_dt DATE',
        'to_dt DATE',
        'kind TEXT',
        'status TEXT',
      ),
      { kind: ['sick', 'vacation', 'parental'], status: ['approved', 'rejected', 'pending'] },
    ),
  ),
  stock: schemaOf(
    table(
      'inv_item',
      'sku! TEXT',
      'descr TEXT',
      'qty_on_hand INTEGER',
      'reorder_lvl INTEGER',
      'unit_cost NUMERIC',
      'supp_id INTEGER > supp.supp_id',
      'colour TEXT',
    ),
    table('supp', 'supp_id! INTEGER', 'nm TEXT', 'cntry TEXT', 'tel TEXT'),
    holding(table('po', 'po_no! INTEGER', 'supp_id INTEGER > supp.supp_id', 'po_dt DATE', 'stat TEXT'), {
      stat: ['open', 'shipped', 'cancelled'],
    }),
    table('po_line', 'po_no INTEGER > po.po_no', 'sku TEXT > inv_item.sku', 'qty INTEGER', 'amt NUMERIC'),
  ),
  clinic: schemaOf(
    holding(
      table('patients', 'pat_id! INTEGER', 'given_name TEXT', 'surname TEXT', 'dob DATE', 'sex TEXT', 'postcode TEXT'),
      {
        sex: ['F', 'M'],
      },
    ),
    holding(
      table(
        'appts',
        'appt_id! INTEGER',
        'pat_id INTEGER > patients.pat_id',
        'doc_id INTEGER > doctors.doc_id',
        'appt_time DATETIME',
        'status TEXT',
        'reason TEXT',
      ),
      { status: ['booked', 'attended', 'no-show', 'cancelled'] },
    ),
    table('doctors', 'doc_id! INTEGER', 'surname TEXT', 'speciality TEXT'),
    table('bills', 'bill_id! INTEGER', 'appt_id INTEGER > appts.appt_id', 'amt NUMERIC', 'paid_on DATE'),
  ),
  hotel: schemaOf(
    table('guests', 'guest_id! INTEGER', 'full_name TEXT', 'email TEXT', 'nationality TEXT'),
    holding(table('rooms', 'room_no! INTEGER', 'floor INTEGER', 'bed_type TEXT', 'nightly_rate NUMERIC'), {
      bed_type: ['single', 'double', 'twin'],
    }),
    table(
      'bookings',
      'booking_id! INTEGER',
      'guest_id INTEGER > guests.guest_id',
      'room_no INTEGER > rooms.room_no',
      'check_in DATE',
      'check_out DATE',
      'total_cents INTEGER',
    ),
    table('reviews', 'guest_id INTEGER > guests.guest_id', 'stars INTEGER', 'body TEXT'),
  ),
}

/** The table with all values of some of its columns. */
function holding(one: Table, values: Record<string, string[]>): Table {
  const columns = one.columns.map((column) => {
    const listed = values[column.name]
    return listed ? { ...column, values: listed, valuesComplete: true } : column
  })
  return { ...one, columns }
}
