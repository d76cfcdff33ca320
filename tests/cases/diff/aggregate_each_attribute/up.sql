DROP VIEW public.counts;

DROP AGGREGATE public.by_argument(integer);

-- WARNING(access): gives EXECUTE on aggregate public.by_order(integer, integer) to everybody
DROP AGGREGATE public.by_order(integer, integer);

DROP AGGREGATE public.by_place(integer, integer);

DROP AGGREGATE public.by_serial(integer);

DROP AGGREGATE public.by_stype(integer);

DROP AGGREGATE public.gone(integer, integer[]);

CREATE FUNCTION public.step_of_two(integer, integer, integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT $1$$;

CREATE AGGREGATE public.by_argument(b integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_combine(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    combinefunc = pg_catalog.int4pl
);

CREATE OR REPLACE AGGREGATE public.by_extra(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep_too,
    finalfunc_extra
);

CREATE OR REPLACE AGGREGATE public.by_final(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep
);

CREATE OR REPLACE AGGREGATE public.by_final_of_one_type(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep
);

CREATE OR REPLACE AGGREGATE public.by_initcond(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    initcond = '7'
);

CREATE OR REPLACE AGGREGATE public.by_modify(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep,
    finalfunc_modify = shareable
);

CREATE OR REPLACE AGGREGATE public.by_moving(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    msfunc = pg_catalog.int4pl,
    minvfunc = pg_catalog.int4mi,
    mstype = integer,
    msspace = 32,
    minitcond = '0'
);

CREATE OR REPLACE AGGREGATE public.by_moving_final(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep,
    msfunc = pg_catalog.int4pl,
    minvfunc = pg_catalog.int4mi,
    mstype = integer,
    mfinalfunc = public.keep_too,
    mfinalfunc_extra,
    mfinalfunc_modify = read_write
);

CREATE OR REPLACE AGGREGATE public.by_nothing(*) (
    sfunc = pg_catalog.int4inc,
    stype = integer,
    initcond = '5'
);

CREATE AGGREGATE public.by_order(integer, integer) (
    sfunc = public.step_of_two,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_parallel(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    parallel = safe
);

CREATE AGGREGATE public.by_place(integer ORDER BY integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    hypothetical
);

CREATE AGGREGATE public.by_serial(numeric) (
    sfunc = pg_catalog.numeric_avg_accum,
    stype = internal,
    finalfunc = pg_catalog.numeric_avg,
    combinefunc = pg_catalog.numeric_avg_combine,
    serialfunc = pg_catalog.numeric_avg_serialize,
    deserialfunc = pg_catalog.numeric_avg_deserialize
);

CREATE OR REPLACE AGGREGATE public.by_serials(numeric) (
    sfunc = pg_catalog.numeric_avg_accum,
    stype = internal,
    finalfunc = pg_catalog.numeric_avg,
    combinefunc = pg_catalog.numeric_avg_combine,
    serialfunc = pg_catalog.numeric_avg_serialize,
    deserialfunc = pg_catalog.numeric_avg_deserialize
);

CREATE OR REPLACE AGGREGATE public.by_sfunc(integer) (
    sfunc = public.add_one,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_sortop(integer) (
    sfunc = pg_catalog.int4larger,
    stype = integer,
    sortop = OPERATOR(pg_catalog.>)
);

CREATE OR REPLACE AGGREGATE public.by_space(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    sspace = 64
);

CREATE AGGREGATE public.by_stype(integer) (
    sfunc = pg_catalog.int84pl,
    stype = bigint,
    initcond = '0'
);

CREATE VIEW public.counts AS
SELECT public.by_stype(t.a) AS total,
    public.by_final(t.a) AS kept
   FROM public.t;
