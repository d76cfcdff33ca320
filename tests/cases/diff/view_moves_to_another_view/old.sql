CREATE SCHEMA app;
CREATE TABLE t (id integer, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE VIEW app.beneath AS SELECT id, twice FROM t;
CREATE VIEW app.above AS SELECT id FROM app.beneath;
COMMENT ON VIEW app.above IS 'kept';
