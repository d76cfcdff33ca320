DROP TYPE public.only_a_shell;

-- WARNING(access): gives USAGE on base type public.words to everybody
GRANT USAGE ON TYPE public.words TO PUBLIC;

ALTER TYPE public.altered SET (RECEIVE = NONE, SEND = NONE);

CREATE TYPE public.dropped;

CREATE FUNCTION public.dropped_in(cstring)
RETURNS public.dropped
LANGUAGE internal IMMUTABLE STRICT
AS $$int4in$$;

CREATE FUNCTION public.dropped_out(public.dropped)
RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT
AS $$int4out$$;

CREATE TYPE public.dropped (
    INPUT = public.dropped_in,
    OUTPUT = public.dropped_out,
    INTERNALLENGTH = 4,
    PASSEDBYVALUE
);

ALTER TABLE public.holding ADD COLUMN d public.dropped;

CREATE FUNCTION public.more(public.dropped)
RETURNS integer
LANGUAGE internal IMMUTABLE STRICT
AS $$int4inc$$;

SELECT ('more would go with public.number: ' OPERATOR(pg_catalog.||) pg_catalog.string_agg(
    pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '))::pg_catalog.int4
FROM (SELECT ty.oid, ty.typarray, ARRAY[ty.typinput, ty.typoutput, ty.typreceive, ty.typsend]::pg_catalog.oid[] AS own
    FROM pg_catalog.pg_type ty WHERE ty.oid OPERATOR(pg_catalog.=) 'public.number'::pg_catalog.regtype) t, pg_catalog.pg_depend d
WHERE (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray])
      OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray]));
DROP TYPE public.number CASCADE;

CREATE TYPE public.number;

SELECT ('more would go with public.words: ' OPERATOR(pg_catalog.||) pg_catalog.string_agg(
    pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '))::pg_catalog.int4
FROM (SELECT ty.oid, ty.typarray, ARRAY[ty.typinput, ty.typoutput, ty.typreceive, ty.typsend]::pg_catalog.oid[] AS own
    FROM pg_catalog.pg_type ty WHERE ty.oid OPERATOR(pg_catalog.=) 'public.words'::pg_catalog.regtype) t, pg_catalog.pg_depend d
WHERE (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray])
      OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray]));
DROP TYPE public.words CASCADE;

CREATE TYPE public.words;

-- WARNING(data-loss): drops column public.holding.all_of_it and the data in it
ALTER TABLE public.holding DROP COLUMN all_of_it;

-- WARNING(data-loss): drops column public.holding.c and the data in it
ALTER TABLE public.holding DROP COLUMN c;

SELECT ('more would go with public.created: ' OPERATOR(pg_catalog.||) pg_catalog.string_agg(
    pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '))::pg_catalog.int4
FROM (SELECT ty.oid, ty.typarray, ARRAY[ty.typinput, ty.typoutput, ty.typreceive, ty.typsend]::pg_catalog.oid[] AS own
    FROM pg_catalog.pg_type ty WHERE ty.oid OPERATOR(pg_catalog.=) 'public.created'::pg_catalog.regtype) t, pg_catalog.pg_depend d
WHERE (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray])
      OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray]));
DROP TYPE public.created CASCADE;
