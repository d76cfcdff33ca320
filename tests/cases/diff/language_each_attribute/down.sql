COMMENT ON LANGUAGE verse IS NULL;

DROP ACCESS METHOD drawer;

DROP ACCESS METHOD shelf;

CREATE ACCESS METHOD register TYPE INDEX HANDLER pg_catalog.bthandler;

CREATE ACCESS METHOD shelf TYPE TABLE HANDLER pg_catalog.heap_tableam_handler;

-- WARNING(access): language prose: who may make routines in it changes
CREATE OR REPLACE LANGUAGE prose HANDLER desk.run;

DROP FUNCTION desk.run_other();

CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal), TO SQL WITH FUNCTION pg_catalog.int4recv(internal));

CREATE OR REPLACE TRANSFORM FOR smallint LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal), TO SQL WITH FUNCTION pg_catalog.int2recv(internal));

-- WARNING(access): takes USAGE on language verse from everybody
REVOKE USAGE ON LANGUAGE verse FROM PUBLIC;
