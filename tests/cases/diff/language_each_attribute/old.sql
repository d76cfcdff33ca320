-- A language is replaced in place, below the routines that are written in it, and so is a transform.
CREATE SCHEMA desk;
CREATE FUNCTION desk.run() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION desk.run_do(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION desk.look(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE LANGUAGE prose HANDLER desk.run;
CREATE TRUSTED LANGUAGE verse HANDLER desk.run INLINE desk.run_do VALIDATOR desk.look;
CREATE FUNCTION desk.one() RETURNS integer LANGUAGE prose AS 'BEGIN RETURN 1; END';
REVOKE USAGE ON LANGUAGE verse FROM PUBLIC;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR smallint LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int2recv(internal));
CREATE ACCESS METHOD shelf TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD register TYPE INDEX HANDLER bthandler;
