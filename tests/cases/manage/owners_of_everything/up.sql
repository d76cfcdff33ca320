-- WARNING(access): collation public.c is given to app, who may do all with it
ALTER COLLATION public.c OWNER TO app;

-- WARNING(access): enum public.mood is given to app, who may do all with it
ALTER TYPE public.mood OWNER TO app;

-- WARNING(access): domain public.small is given to app, who may do all with it
ALTER DOMAIN public.small OWNER TO app;

-- WARNING(access): composite type public.pair is given to app, who may do all with it
ALTER TYPE public.pair OWNER TO app;

-- WARNING(access): range type public.span is given to app, who may do all with it
ALTER TYPE public.span OWNER TO app;

-- WARNING(access): sequence public.s is given to app, who may do all with it
ALTER SEQUENCE public.s OWNER TO app;

-- WARNING(access): text search dictionary public.d is given to app, who may do all with it
ALTER TEXT SEARCH DICTIONARY public.d OWNER TO app;

-- WARNING(access): text search configuration public.tc is given to app, who may do all with it
ALTER TEXT SEARCH CONFIGURATION public.tc OWNER TO app;

-- WARNING(access): table public.t is given to app, who may do all with it
ALTER TABLE public.t OWNER TO app;

-- WARNING(access): table public.t1 is given to app, who may do all with it
ALTER TABLE public.t1 OWNER TO app;

-- WARNING(access): function public.f(integer, integer) is given to app, who may do all with it
ALTER FUNCTION public.f(integer, integer) OWNER TO app;

-- WARNING(access): procedure public.p() is given to app, who may do all with it
ALTER PROCEDURE public.p() OWNER TO app;

-- WARNING(access): operator public.=== (integer, integer) is given to app, who may do all with it
ALTER OPERATOR public.=== (integer, integer) OWNER TO app;

-- WARNING(access): operator family public.fam USING btree is given to app, who may do all with it
ALTER OPERATOR FAMILY public.fam USING btree OWNER TO app;

-- WARNING(access): operator class public.oc USING btree is given to app, who may do all with it
ALTER OPERATOR CLASS public.oc USING btree OWNER TO app;

-- WARNING(access): aggregate public.total(integer) is given to app, who may do all with it
ALTER AGGREGATE public.total(integer) OWNER TO app;

-- WARNING(access): conversion public.cv is given to app, who may do all with it
ALTER CONVERSION public.cv OWNER TO app;

-- WARNING(access): view public.v is given to app, who may do all with it
ALTER VIEW public.v OWNER TO app;

-- WARNING(access): materialized view public.mv is given to app, who may do all with it
ALTER MATERIALIZED VIEW public.mv OWNER TO app;

-- WARNING(access): statistics public.stats is given to app, who may do all with it
ALTER STATISTICS public.stats OWNER TO app;

-- WARNING(access): schema public is given to app, who may do all with it
ALTER SCHEMA public OWNER TO app;

-- WARNING(access): schema shop is given to app, who may do all with it
ALTER SCHEMA shop OWNER TO app;

-- WARNING(access): language mylang is given to app, who may do all with it
ALTER LANGUAGE mylang OWNER TO app;

-- WARNING(access): publication pub is given to app, who may do all with it
ALTER PUBLICATION pub OWNER TO app;
