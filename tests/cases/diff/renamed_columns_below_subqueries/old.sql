-- A column that a query gives keeps its name at every depth; what is generated from it is not written anew.
CREATE TABLE nest (id integer, eggs integer, full_now boolean, tag text GENERATED ALWAYS AS (lower('n' || eggs)) STORED);
ALTER TABLE nest DROP COLUMN tag, ADD COLUMN twice integer GENERATED ALWAYS AS (eggs * 2) STORED;
CREATE VIEW laid AS SELECT s.id, s.eggs FROM (SELECT nest.id, nest.eggs FROM nest) s;
CREATE VIEW calm AS SELECT 1 AS one WHERE (SELECT nest.full_now FROM nest);
CREATE VIEW many AS WITH n AS (SELECT eggs FROM nest) SELECT n.eggs FROM n UNION ALL SELECT eggs FROM nest;
