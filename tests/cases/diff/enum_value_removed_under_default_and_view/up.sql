DROP VIEW public.v;

DROP INDEX public.t_x_idx;
ALTER TABLE public.t ALTER COLUMN x DROP DEFAULT;

ALTER TYPE public.e RENAME TO e_old;

CREATE TYPE public.e AS ENUM ('b', 'a');

-- WARNING(may-fail): rows that hold 'gone' of enum public.e make it fail: change them first
-- WARNING(rewrite): column public.t.x follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.t.y follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN x TYPE public.e USING x::text::public.e,
    ALTER COLUMN y TYPE public.e[] USING y::text[]::public.e[];

DROP TYPE public.e_old;

ALTER TABLE public.t ALTER COLUMN x SET DEFAULT 'a'::public.e;
CREATE INDEX t_x_idx ON public.t (x) WHERE x = 'a'::public.e;

CREATE VIEW public.v AS
SELECT t.x
   FROM public.t
  WHERE (t.x <> 'b'::public.e);
