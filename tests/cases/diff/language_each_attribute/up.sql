-- WARNING(access): gives USAGE on language verse to everybody
GRANT USAGE ON LANGUAGE verse TO PUBLIC;

DROP ACCESS METHOD register;

DROP ACCESS METHOD shelf;

CREATE ACCESS METHOD drawer TYPE TABLE HANDLER pg_catalog.heap_tableam_handler;

CREATE ACCESS METHOD shelf TYPE INDEX HANDLER pg_catalog.hashhandler;

CREATE FUNCTION desk.run_other()
RETURNS language_handler
LANGUAGE c
AS '$libdir/plpgsql', 'plpgsql_call_handler';

-- WARNING(access): language prose: who may make routines in it changes
CREATE OR REPLACE TRUSTED LANGUAGE prose HANDLER desk.run_other INLINE desk.run_do VALIDATOR desk.look;

CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal));

CREATE OR REPLACE TRANSFORM FOR smallint LANGUAGE sql (TO SQL WITH FUNCTION pg_catalog.int2recv(internal));

COMMENT ON LANGUAGE verse IS 'rhymed';
