-- WARNING(access): collation public.c is given to postgres, who may do all with it
ALTER COLLATION public.c OWNER TO postgres;

-- WARNING(access): enum public.mood is given to postgres, who may do all with it
ALTER TYPE public.mood OWNER TO postgres;

-- WARNING(access): domain public.small is given to postgres, who may do all with it
ALTER DOMAIN public.small OWNER TO postgres;

-- WARNING(access): composite type public.pair is given to postgres, who may do all with it
ALTER TYPE public.pair OWNER TO postgres;

-- WARNING(access): range type public.span is given to postgres, who may do all with it
ALTER TYPE public.span OWNER TO postgres;

-- WARNING(access): sequence public.s is given to postgres, who may do all with it
ALTER SEQUENCE public.s OWNER TO postgres;

-- WARNING(access): text search dictionary public.d is given to postgres, who may do all with it
ALTER TEXT SEARCH DICTIONARY public.d OWNER TO postgres;

-- WARNING(access): text search configuration public.tc is given to postgres, who may do all with it
ALTER TEXT SEARCH CONFIGURATION public.tc OWNER TO postgres;

-- WARNING(access): table public.t is given to postgres, who may do all with it
ALTER TABLE public.t OWNER TO postgres;

-- WARNING(access): table public.t1 is given to postgres, who may do all with it
ALTER TABLE public.t1 OWNER TO postgres;

-- WARNING(access): function public.f(integer, integer) is given to postgres, who may do all with it
ALTER FUNCTION public.f(integer, integer) OWNER TO postgres;

-- WARNING(access): procedure public.p() is given to postgres, who may do all with it
ALTER PROCEDURE public.p() OWNER TO postgres;

-- WARNING(access): operator public.=== (integer, integer) is given to postgres, who may do all with it
ALTER OPERATOR public.=== (integer, integer) OWNER TO postgres;

-- WARNING(access): operator family public.fam USING btree is given to postgres, who may do all with it
ALTER OPERATOR FAMILY public.fam USING btree OWNER TO postgres;

-- WARNING(access): operator class public.oc USING btree is given to postgres, who may do all with it
ALTER OPERATOR CLASS public.oc USING btree OWNER TO postgres;

-- WARNING(access): aggregate public.total(integer) is given to postgres, who may do all with it
ALTER AGGREGATE public.total(integer) OWNER TO postgres;

-- WARNING(access): conversion public.cv is given to postgres, who may do all with it
ALTER CONVERSION public.cv OWNER TO postgres;

-- WARNING(access): view public.v is given to postgres, who may do all with it
ALTER VIEW public.v OWNER TO postgres;

-- WARNING(access): materialized view public.mv is given to postgres, who may do all with it
ALTER MATERIALIZED VIEW public.mv OWNER TO postgres;

-- WARNING(access): statistics public.stats is given to postgres, who may do all with it
ALTER STATISTICS public.stats OWNER TO postgres;

-- WARNING(access): schema public is given to pg_database_owner, who may do all with it
ALTER SCHEMA public OWNER TO pg_database_owner;

-- WARNING(access): schema shop is given to postgres, who may do all with it
ALTER SCHEMA shop OWNER TO postgres;

-- WARNING(access): language mylang is given to postgres, who may do all with it
ALTER LANGUAGE mylang OWNER TO postgres;

-- WARNING(access): publication pub is given to postgres, who may do all with it
ALTER PUBLICATION pub OWNER TO postgres;
