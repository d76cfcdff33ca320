CREATE TYPE number;
CREATE TYPE words;

CREATE TYPE altered;
CREATE FUNCTION altered_in(cstring) RETURNS altered LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION altered_out(altered) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION altered_recv(internal) RETURNS altered LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE FUNCTION altered_send(altered) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE TYPE altered (INPUT = altered_in, OUTPUT = altered_out);

CREATE TYPE dropped;
CREATE FUNCTION dropped_in(cstring) RETURNS dropped LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION dropped_out(dropped) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE dropped (INPUT = dropped_in, OUTPUT = dropped_out, LIKE = integer);
CREATE FUNCTION more(dropped) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4inc';
CREATE TABLE holding (id integer, d dropped);
