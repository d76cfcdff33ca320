ALTER DOMAIN public.wide RENAME TO wide_old;

ALTER TYPE public.shelf RENAME TO shelf_old;

ALTER TYPE public.span RENAME TO span_old;

CREATE TYPE public.span AS (lo integer, hi integer);
CREATE FUNCTION pg_temp.carried(public.span_old) RETURNS public.span LANGUAGE sql STRICT AS $$SELECT ($1).lo, ($1).hi::integer$$;
CREATE CAST (public.span_old AS public.span) WITH FUNCTION pg_temp.carried(public.span_old);

CREATE DOMAIN public.wide AS public.span;

CREATE TYPE public.shelf AS (name text, room public.span);
CREATE FUNCTION pg_temp.carried(public.shelf_old) RETURNS public.shelf LANGUAGE sql STRICT AS $$SELECT ($1).name, ($1).room::public.span$$;
CREATE CAST (public.shelf_old AS public.shelf) WITH FUNCTION pg_temp.carried(public.shelf_old);

-- WARNING(may-fail): attribute hi of composite type public.span from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.rack.top follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.rack ALTER COLUMN top TYPE public.shelf USING top::public.shelf;

DROP CAST (public.shelf_old AS public.shelf);
DROP FUNCTION pg_temp.carried(public.shelf_old);
DROP TYPE public.shelf_old;

-- WARNING(may-fail): attribute hi of composite type public.span from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.rack.gaps follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.rack ALTER COLUMN gaps TYPE public.wide[] USING gaps::public.wide[];

DROP DOMAIN public.wide_old;

DROP CAST (public.span_old AS public.span);
DROP FUNCTION pg_temp.carried(public.span_old);
DROP TYPE public.span_old;
