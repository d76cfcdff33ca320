CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION add_one(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + coalesce($2, 0)';
CREATE FUNCTION keep(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION keep_too(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE by_sfunc(integer) (SFUNC = add_one, STYPE = integer);
CREATE AGGREGATE by_stype(integer) (SFUNC = int84pl, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE by_space(integer) (SFUNC = int4pl, STYPE = integer, SSPACE = 64);
CREATE AGGREGATE by_final(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep);
CREATE AGGREGATE by_extra(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep_too, FINALFUNC_EXTRA);
CREATE AGGREGATE by_modify(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE by_combine(integer) (SFUNC = int4pl, STYPE = integer, COMBINEFUNC = int4pl);
CREATE AGGREGATE by_serial(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg,
  COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize);
CREATE AGGREGATE by_initcond(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '7');
CREATE AGGREGATE by_moving(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi,
  MSTYPE = integer, MSSPACE = 32, MINITCOND = '0');
CREATE AGGREGATE by_moving_final(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi,
  MSTYPE = integer, FINALFUNC = keep, MFINALFUNC = keep_too, MFINALFUNC_EXTRA, MFINALFUNC_MODIFY = READ_WRITE);
CREATE AGGREGATE by_sortop(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
CREATE AGGREGATE by_parallel(integer) (SFUNC = int4pl, STYPE = integer, PARALLEL = SAFE);
CREATE FUNCTION gone_step(integer, integer, VARIADIC integer[]) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION step_of_two(integer, integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE by_order(integer, integer) (SFUNC = step_of_two, STYPE = integer);
CREATE AGGREGATE by_argument(b integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE by_nothing(*) (SFUNC = int4inc, STYPE = integer, INITCOND = '5');
CREATE TABLE t (a integer);
CREATE VIEW counts AS SELECT by_stype(a) AS total, by_final(a) AS kept FROM t;
CREATE AGGREGATE by_serials(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg,
  COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize);
CREATE AGGREGATE by_place(integer ORDER BY integer) (SFUNC = int4pl, STYPE = integer, HYPOTHETICAL);
CREATE AGGREGATE by_final_of_one_type(integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = keep);
CREATE VIEW kept AS SELECT by_final_of_one_type(a) AS one FROM t;
