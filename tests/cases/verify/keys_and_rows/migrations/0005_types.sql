-- Up Migration
ALTER TABLE packages ALTER COLUMN name TYPE varchar(80);
ALTER TABLE packages ADD CONSTRAINT named CHECK (name <> '') NOT VALID;

-- Down Migration
ALTER TABLE packages DROP CONSTRAINT named;
