CREATE SCHEMA app;
CREATE TABLE t (id integer, twice integer GENERATED ALWAYS AS (abs(id)) STORED);
CREATE VIEW public.beneath AS SELECT id, twice FROM t;
CREATE VIEW app.above AS SELECT id FROM public.beneath;
COMMENT ON VIEW app.above IS 'kept';
