CREATE SCHEMA app;
CREATE TYPE app.pair AS (a integer, b integer);
CREATE DOMAIN app.whole AS integer;
CREATE TYPE app.level AS ENUM ('low', 'medium', 'high');
CREATE FUNCTION app.to_number(app.pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE FUNCTION app.to_number(app.pair, integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1.a::bigint';
CREATE FUNCTION app.to_other(app.pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.b';
CREATE FUNCTION app.to_level(integer) RETURNS app.level LANGUAGE sql IMMUTABLE AS
  $$SELECT CASE WHEN $1 > 1 THEN 'high' ELSE 'low' END::app.level$$;
CREATE CAST (app.pair AS integer) WITH FUNCTION app.to_other(app.pair);
CREATE CAST (app.pair AS bigint) WITH FUNCTION app.to_number(app.pair, integer);
CREATE CAST (app.pair AS text) WITH INOUT AS ASSIGNMENT;
CREATE CAST (integer AS app.level) WITH FUNCTION app.to_level(integer) AS IMPLICIT;
CREATE CAST (date AS integer) WITHOUT FUNCTION;
COMMENT ON CAST (app.pair AS text) IS 'as it is typed';
COMMENT ON CAST (integer AS app.level) IS 'by rank';
CREATE TABLE t (p app.pair, l app.level);
CREATE VIEW numbers AS SELECT p::integer AS one, 2::app.level AS two FROM t;
