ALTER TYPE public.mood ADD VALUE 'c';

BEGIN;

ALTER DOMAIN public.calm DROP CONSTRAINT calm_check;

-- WARNING(may-fail): values that break domain constraint public.calm.calm_check make it fail
ALTER DOMAIN public.calm ADD CONSTRAINT calm_check CHECK (VALUE < enum_last(NULL::public.mood));

-- WARNING(rewrite): column public.t.kept from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN kept TYPE bigint;

ALTER TABLE public.t ALTER COLUMN m SET DEFAULT '{c}'::public.mood[];
ALTER TABLE public.t ALTER COLUMN p SET DEFAULT '(c,1)'::public.pair;

CREATE FUNCTION public.latest()
RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$begin return enum_last(null::mood)::text; end$$;

ALTER TABLE public.other ADD COLUMN g text DEFAULT public.latest();

CREATE FUNCTION public.rank(m public.mood)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$select array_position(enum_range(null::mood), m)$$;

CREATE INDEX t_rank_idx ON public.t (public.rank(m[1]));

CREATE MATERIALIZED VIEW public.moods AS
SELECT unnest(enum_range(NULL::public.mood)) AS mood;

COMMIT;
