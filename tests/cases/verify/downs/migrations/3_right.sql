-- Up Migration
CREATE VIEW late AS SELECT room FROM visits;
DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE perhaps (a integer); END IF; END $$;

-- Down Migration
DROP VIEW late;
DROP TABLE IF EXISTS never;
DROP TABLE perhaps;
