CREATE TYPE number;
CREATE FUNCTION number_in(cstring) RETURNS number LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION number_out(number) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE FUNCTION number_recv(internal) RETURNS number LANGUAGE internal IMMUTABLE STRICT AS 'int8recv';
CREATE FUNCTION number_send(number) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int8send';
CREATE TYPE number (
    INPUT = number_in, OUTPUT = number_out, RECEIVE = number_recv, SEND = number_send,
    LIKE = bigint, CATEGORY = 'N', PREFERRED = true, DEFAULT = '7', DELIMITER = ';');
COMMENT ON TYPE number IS 'counts';

CREATE TYPE words;
CREATE FUNCTION words_in(cstring, oid, integer) RETURNS words LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION words_out(words) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE TYPE words (
    INPUT = words_in, OUTPUT = words_out, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout,
    ANALYZE = array_typanalyze, SUBSCRIPT = jsonb_subscript_handler, INTERNALLENGTH = variable, ALIGNMENT = double,
    STORAGE = extended, ELEMENT = text, COLLATABLE = true);
REVOKE USAGE ON TYPE words FROM PUBLIC;

CREATE TYPE altered;
CREATE FUNCTION altered_in(cstring) RETURNS altered LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION altered_out(altered) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION altered_recv(internal) RETURNS altered LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE FUNCTION altered_send(altered) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE TYPE altered (INPUT = altered_in, OUTPUT = altered_out, RECEIVE = altered_recv, SEND = altered_send);

CREATE TYPE created;
CREATE FUNCTION created_in(cstring) RETURNS created LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION created_out(created) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE created (INPUT = created_in, OUTPUT = created_out, LIKE = integer);
CREATE TABLE holding (id integer, c created DEFAULT '1', all_of_it created[]);
CREATE TYPE only_a_shell;
