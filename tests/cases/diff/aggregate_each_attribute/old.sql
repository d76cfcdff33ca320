CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION add_one(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + coalesce($2, 0)';
CREATE FUNCTION keep(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION keep_too(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE by_sfunc(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_stype(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_space(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_final(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_extra(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep);
CREATE AGGREGATE by_modify(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep);
CREATE AGGREGATE by_combine(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_serial(integer) (SFUNC = int4_avg_accum, STYPE = bigint[]);
CREATE AGGREGATE by_initcond(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE by_moving(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_moving_final(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi,
  MSTYPE = integer, FINALFUNC = keep, MFINALFUNC = keep);
CREATE AGGREGATE by_sortop(integer) (SFUNC = int4larger, STYPE = integer);
CREATE AGGREGATE by_parallel(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_order(integer ORDER BY integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_argument(a integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_nothing(*) (SFUNC = int4inc, STYPE = integer, INITCOND = '0');

CREATE TABLE t (a integer);
CREATE VIEW counts AS SELECT by_stype(a) AS total, by_final(a) AS kept FROM t;
CREATE FUNCTION gone_step(integer, integer, VARIADIC integer[]) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE gone(integer, VARIADIC integer[]) (SFUNC = gone_step, STYPE = integer);
GRANT EXECUTE ON FUNCTION gone(integer, integer[]) TO PUBLIC;
REVOKE EXECUTE ON FUNCTION by_order(integer, integer) FROM PUBLIC;
COMMENT ON AGGREGATE by_order(integer ORDER BY integer) IS 'in order';
