/** A small school with what tests need: keys, codes, dates, an empty table, a name that must be quoted. */
export const SCHOOL_DUMP = `
CREATE TABLE teachers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT, hired_on DATE);
CREATE TABLE courses (id INTEGER PRIMARY KEY, title TEXT NOT NULL, credits INTEGER, teacher_id INTEGER REFERENCES teachers(id));
CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT, status TEXT, "home town" TEXT);
CREATE TABLE enrolments (student_id INTEGER REFERENCES students(id), course_id INTEGER REFERENCES courses(id), enrolled_on DATE, grade REAL);
CREATE TABLE complaints (id INTEGER PRIMARY KEY, student_id INTEGER REFERENCES students(id), text TEXT);
INSERT INTO teachers VALUES (1, 'Ada Lovelace', 'London', '2019-03-01'), (2, 'Alan Turing', 'München', '2021-09-15'), (3, 'Grace Hopper', 'Paris', '2026-11-10');
INSERT INTO courses VALUES (1, 'Logic', 5, 2), (2, 'Poetry', 3, 1), (3, 'Compilers', 8, 3), (4, 'Silence', 1, NULL);
INSERT INTO students VALUES (1, 'Ben', 'London', 'active', 'Leeds'), (2, 'Carla', 'Paris', 'active', 'Lyon'), (3, 'Dora', 'Paris', 'left', 'Nice'), (4, 'Emil', 'München', 'active', 'Ulm');
INSERT INTO enrolments VALUES (1, 1, '2026-11-02', 1.5), (1, 2, '2026-11-09', 2.0), (2, 1, '2026-11-12', 3.5), (3, 3, '2026-11-16', NULL);
`

/** Another subject, so that questions can be routed. */
export const FLEET_DUMP = `
CREATE TABLE ships (id INTEGER PRIMARY KEY, name TEXT, tonnage INTEGER, flag TEXT);
CREATE TABLE voyages (id INTEGER PRIMARY KEY, ship_id INTEGER REFERENCES ships(id), harbour TEXT, sailed_on DATE);
INSERT INTO ships VALUES (1, 'Aurora', 12000, 'Malta'), (2, 'Borealis', 8000, 'Panama');
INSERT INTO voyages VALUES (1, 1, 'Rotterdam', '2026-11-01'), (2, 1, 'Genoa', '2026-11-10');
`
