DROP MATERIALIZED VIEW public.moods;

DROP INDEX public.t_rank_idx;

DROP FUNCTION public.rank(public.mood);

ALTER TABLE public.t DROP CONSTRAINT known;
ALTER TABLE public.t ALTER COLUMN m DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN p DROP DEFAULT;

ALTER DOMAIN public.calm DROP CONSTRAINT calm_check;

ALTER TYPE public.mood RENAME TO mood_old;

CREATE TYPE public.mood AS ENUM ('a', 'b');

ALTER DOMAIN public.calm RENAME TO calm_old;

CREATE DOMAIN public.calm AS public.mood CONSTRAINT calm_check CHECK (VALUE < 'b'::public.mood);
DROP DOMAIN public.calm_old;

ALTER TYPE public.pair RENAME TO pair_old;

CREATE TYPE public.pair AS (m public.mood, n integer);
CREATE FUNCTION pg_temp.carried(public.pair_old) RETURNS public.pair LANGUAGE sql STRICT AS $$SELECT ($1).m::text::public.mood, ($1).n$$;
CREATE CAST (public.pair_old AS public.pair) WITH FUNCTION pg_temp.carried(public.pair_old);

-- WARNING(may-fail): rows that hold 'c' of enum public.mood make it fail: change them first
-- WARNING(rewrite): column public.t.m follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.t.p follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN m TYPE public.mood[] USING m::text[]::public.mood[],
    ALTER COLUMN p TYPE public.pair USING p::public.pair;

DROP CAST (public.pair_old AS public.pair);
DROP FUNCTION pg_temp.carried(public.pair_old);
DROP TYPE public.pair_old;

DROP TYPE public.mood_old;

-- WARNING(may-fail): column public.t.kept from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.kept from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN kept TYPE integer;

ALTER TABLE public.t ALTER COLUMN m SET DEFAULT '{a}'::public.mood[];

-- WARNING(may-fail): check public.t.known: fails where a row breaks it
ALTER TABLE public.t ADD CONSTRAINT known CHECK (m[1] <= enum_last(NULL::public.mood));

-- WARNING(data-loss): drops column public.other.g and the data in it
ALTER TABLE public.other DROP COLUMN g;

DROP FUNCTION public.latest();
