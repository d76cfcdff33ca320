ALTER TYPE app.level ADD VALUE 'medium' BEFORE 'high';

BEGIN;

DROP CAST (app."Odd, name" AS text);

DROP CAST (app.pair AS bigint);

DROP CAST (app.pair AS integer);

DROP CAST (app.pair AS text);

DROP CAST (date AS integer);

DROP FUNCTION app.to_big(app.pair);

DROP TYPE app."Odd, name";

CREATE FUNCTION app.to_level(integer)
RETURNS app.level
LANGUAGE sql IMMUTABLE
AS $$SELECT CASE WHEN $1 > 1 THEN 'high' ELSE 'low' END::app.level$$;

CREATE CAST (app.pair AS bigint) WITH FUNCTION app.to_number(app.pair, integer);

CREATE CAST (app.pair AS integer) WITH FUNCTION app.to_other(app.pair);

CREATE CAST (app.pair AS text) WITH INOUT AS ASSIGNMENT;

CREATE CAST (date AS integer) WITHOUT FUNCTION;

CREATE CAST (integer AS app.level) WITH FUNCTION app.to_level(integer) AS IMPLICIT;

CREATE OR REPLACE VIEW public.numbers AS
SELECT (t.p)::integer AS one,
    (2)::app.level AS two
   FROM public.t;

COMMENT ON CAST (app.pair AS text) IS 'as it is typed';

COMMENT ON CAST (integer AS app.level) IS 'by rank';

COMMIT;
