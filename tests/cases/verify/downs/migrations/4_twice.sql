-- Up Migration
CREATE TABLE twice (a integer);

-- Down Migration
DROP TABLE twice;
ALTER TABLE twice DROP COLUMN a;
DROP TABEL twice;
