DROP VIEW public.numbers;

DROP CAST (app.pair AS bigint);

DROP CAST (app.pair AS integer);

DROP CAST (app.pair AS text);

DROP CAST (date AS integer);

DROP CAST (integer AS app.level);

DROP FUNCTION app.to_level(integer);

ALTER TYPE app.level RENAME TO level_old;

CREATE TYPE app.level AS ENUM ('low', 'high');

CREATE TYPE app."Odd, name" AS (a integer);

-- WARNING(may-fail): rows that hold 'medium' of enum app.level make it fail: change them first
-- WARNING(rewrite): column public.t.l follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN l TYPE app.level USING l::text::app.level;

DROP TYPE app.level_old;

CREATE FUNCTION app.to_big(app.pair)
RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$SELECT $1.b::bigint$$;

CREATE CAST (app."Odd, name" AS text) WITH INOUT AS IMPLICIT;

CREATE CAST (app.pair AS bigint) WITH FUNCTION app.to_big(app.pair);

CREATE CAST (app.pair AS integer) WITH FUNCTION app.to_number(app.pair);

CREATE CAST (app.pair AS text) WITH INOUT;

CREATE CAST (date AS integer) WITH INOUT;

CREATE VIEW public.numbers AS
SELECT (t.p)::integer AS one
   FROM public.t;

COMMENT ON CAST (app.pair AS text) IS 'as it is typed';
