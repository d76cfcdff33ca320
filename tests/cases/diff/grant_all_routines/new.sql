-- Functions, procedures and aggregates are routines; ON ALL FUNCTIONS leaves procedures out.
CREATE SCHEMA app;
CREATE FUNCTION app.twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
CREATE PROCEDURE app.sweep() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE SCHEMA other;
CREATE FUNCTION other.twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
CREATE PROCEDURE other.sweep() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE other.total(integer) (SFUNC = int4pl, STYPE = integer);
REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA app FROM public;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA other FROM public;
