DROP FUNCTION public.more(public.dropped);

CREATE FUNCTION public.number_in(cstring)
RETURNS public.number
LANGUAGE internal IMMUTABLE STRICT
AS $$int8in$$;

CREATE FUNCTION public.number_out(public.number)
RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT
AS $$int8out$$;

CREATE FUNCTION public.number_recv(internal)
RETURNS public.number
LANGUAGE internal IMMUTABLE STRICT
AS $$int8recv$$;

CREATE FUNCTION public.number_send(public.number)
RETURNS bytea
LANGUAGE internal IMMUTABLE STRICT
AS $$int8send$$;

CREATE FUNCTION public.words_in(cstring, oid, integer)
RETURNS public.words
LANGUAGE internal IMMUTABLE STRICT
AS $$varcharin$$;

CREATE FUNCTION public.words_out(public.words)
RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT
AS $$varcharout$$;

ALTER TYPE public.altered SET (RECEIVE = public.altered_recv, SEND = public.altered_send);

CREATE TYPE public.created;

CREATE FUNCTION public.created_in(cstring)
RETURNS public.created
LANGUAGE internal IMMUTABLE STRICT
AS $$int4in$$;

CREATE FUNCTION public.created_out(public.created)
RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT
AS $$int4out$$;

CREATE TYPE public.created (
    INPUT = public.created_in,
    OUTPUT = public.created_out,
    INTERNALLENGTH = 4,
    PASSEDBYVALUE
);

ALTER TABLE public.holding ADD COLUMN c public.created DEFAULT '1'::public.created;
ALTER TABLE public.holding ADD COLUMN all_of_it public.created[];

CREATE TYPE public.number (
    INPUT = public.number_in,
    OUTPUT = public.number_out,
    RECEIVE = public.number_recv,
    SEND = public.number_send,
    INTERNALLENGTH = 8,
    PASSEDBYVALUE,
    ALIGNMENT = double,
    CATEGORY = 'N',
    PREFERRED = true,
    DEFAULT = '7',
    DELIMITER = ';'
);

COMMENT ON TYPE public.number IS 'counts';

CREATE TYPE public.only_a_shell;

CREATE TYPE public.words (
    INPUT = public.words_in,
    OUTPUT = public.words_out,
    TYPMOD_IN = pg_catalog.varchartypmodin,
    TYPMOD_OUT = pg_catalog.varchartypmodout,
    ANALYZE = pg_catalog.array_typanalyze,
    SUBSCRIPT = pg_catalog.jsonb_subscript_handler,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    ELEMENT = text,
    COLLATABLE = true
);

-- WARNING(access): takes USAGE on base type public.words from everybody
REVOKE USAGE ON TYPE public.words FROM PUBLIC;

-- WARNING(data-loss): drops column public.holding.d and the data in it
ALTER TABLE public.holding DROP COLUMN d;

SELECT ('more would go with public.dropped: ' OPERATOR(pg_catalog.||) pg_catalog.string_agg(
    pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '))::pg_catalog.int4
FROM (SELECT ty.oid, ty.typarray, ARRAY[ty.typinput, ty.typoutput, ty.typreceive, ty.typsend]::pg_catalog.oid[] AS own
    FROM pg_catalog.pg_type ty WHERE ty.oid OPERATOR(pg_catalog.=) 'public.dropped'::pg_catalog.regtype) t, pg_catalog.pg_depend d
WHERE (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray])
      OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray]));
DROP TYPE public.dropped CASCADE;
