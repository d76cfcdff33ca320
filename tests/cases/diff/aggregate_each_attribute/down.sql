DROP VIEW public.counts;

DROP AGGREGATE public.by_argument(integer);

DROP AGGREGATE public.by_order(integer, integer);

DROP AGGREGATE public.by_place(integer, integer);

DROP AGGREGATE public.by_serial(numeric);

DROP AGGREGATE public.by_stype(integer);

DROP FUNCTION public.step_of_two(integer, integer, integer);

CREATE AGGREGATE public.by_argument(a integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_combine(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_extra(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep
);

CREATE OR REPLACE AGGREGATE public.by_final(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_final_of_one_type(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = pg_catalog.int4abs
);

CREATE OR REPLACE AGGREGATE public.by_initcond(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    initcond = '0'
);

CREATE OR REPLACE AGGREGATE public.by_modify(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep
);

CREATE OR REPLACE AGGREGATE public.by_moving(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_moving_final(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer,
    finalfunc = public.keep,
    msfunc = pg_catalog.int4pl,
    minvfunc = pg_catalog.int4mi,
    mstype = integer,
    mfinalfunc = public.keep
);

CREATE OR REPLACE AGGREGATE public.by_nothing(*) (
    sfunc = pg_catalog.int4inc,
    stype = integer,
    initcond = '0'
);

CREATE AGGREGATE public.by_order(integer ORDER BY integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

REVOKE EXECUTE ON FUNCTION public.by_order(integer, integer) FROM PUBLIC;
COMMENT ON AGGREGATE public.by_order(integer, integer) IS 'in order';

CREATE OR REPLACE AGGREGATE public.by_parallel(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE AGGREGATE public.by_place(integer ORDER BY integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE AGGREGATE public.by_serial(integer) (
    sfunc = pg_catalog.int4_avg_accum,
    stype = bigint[],
    initcond = '{0,0}'
);

CREATE OR REPLACE AGGREGATE public.by_serials(numeric) (
    sfunc = pg_catalog.numeric_avg_accum,
    stype = internal,
    finalfunc = pg_catalog.numeric_avg
);

CREATE OR REPLACE AGGREGATE public.by_sfunc(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_sortop(integer) (
    sfunc = pg_catalog.int4larger,
    stype = integer
);

CREATE OR REPLACE AGGREGATE public.by_space(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE AGGREGATE public.by_stype(integer) (
    sfunc = pg_catalog.int4pl,
    stype = integer
);

CREATE AGGREGATE public.gone(integer, VARIADIC integer[]) (
    sfunc = public.gone_step,
    stype = integer
);

CREATE VIEW public.counts AS
SELECT public.by_stype(t.a) AS total,
    public.by_final(t.a) AS kept
   FROM public.t;
