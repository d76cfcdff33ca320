-- Up Migration
ALTER TABLE visits ADD COLUMN room integer;
ALTER TABLE guests RENAME COLUMN name TO full_name;
DROP INDEX visits_day;

-- Down Migration
ALTER TABLE visits DROP COLUMN rooms;
ALTER TABLE guests RENAME COLUMN name TO full_name;
CREATE INDEX visits_day ON visits (day);
CREATE TABLE visits (id integer);
