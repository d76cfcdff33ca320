-- Up Migration
CREATE TABLE guests (id integer PRIMARY KEY, name text);
CREATE TABLE visits (guest integer REFERENCES guests (id), day date);
CREATE INDEX visits_day ON visits (day);

-- Down Migration
DROP TABLE guests;
DROP TABLE visits;
DROP TABLE visitors;
