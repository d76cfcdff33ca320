DROP VIEW public.widths;

ALTER DOMAIN public.outline DROP CONSTRAINT outline_check;

ALTER DOMAIN public.outline RENAME TO outline_old;

ALTER TYPE public.measure RENAME TO measure_old;

CREATE TYPE public.measure AS (height bigint, width integer, unit character varying(5), depth numeric);
CREATE FUNCTION pg_temp.carried(public.measure_old) RETURNS public.measure LANGUAGE sql STRICT AS $$SELECT ($1).height::bigint, ($1).width, ($1).unit, NULL::numeric$$;
CREATE CAST (public.measure_old AS public.measure) WITH FUNCTION pg_temp.carried(public.measure_old);

CREATE DOMAIN public.outline AS public.measure CONSTRAINT outline_check CHECK ((VALUE).width > 0);

ALTER TYPE public.part RENAME TO part_old;

CREATE TYPE public.part AS (name text, sizes public.measure[], outside public.outline);
CREATE FUNCTION pg_temp.carried(public.part_old) RETURNS public.part LANGUAGE sql STRICT AS $$SELECT ($1).name, ($1).sizes::public.measure[], ($1).outside::public.outline$$;
CREATE CAST (public.part_old AS public.part) WITH FUNCTION pg_temp.carried(public.part_old);

-- WARNING(may-fail): attribute unit of composite type public.measure from character varying(10) to character varying(5): fails where a value does not fit
-- WARNING(data-loss): attribute unit of composite type public.measure from character varying(10) to character varying(5): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.frame.inner_size follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.frame.spare follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.frame.edge follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.frame.parts follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.frame ALTER COLUMN inner_size TYPE public.measure USING inner_size::public.measure,
    ALTER COLUMN spare TYPE public.measure[] USING spare::public.measure[],
    ALTER COLUMN edge TYPE public.outline USING edge::public.outline,
    ALTER COLUMN parts TYPE public.part[] USING parts::public.part[];

DROP CAST (public.part_old AS public.part);
DROP FUNCTION pg_temp.carried(public.part_old);
DROP TYPE public.part_old;

DROP DOMAIN public.outline_old;

DROP CAST (public.measure_old AS public.measure);
DROP FUNCTION pg_temp.carried(public.measure_old);
DROP TYPE public.measure_old;

CREATE VIEW public.widths AS
SELECT frame.id,
    (frame.inner_size).width AS width
   FROM public.frame;
