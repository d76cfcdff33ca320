DROP VIEW public.v;

COMMENT ON COLUMN public.t.b IS NULL;
REVOKE SELECT (b) ON TABLE public.t FROM PUBLIC;
DROP INDEX public.t_b_idx;
ALTER TABLE public.t DROP CONSTRAINT t_b_check;
ALTER TABLE public.t DROP CONSTRAINT t_b_key;
ALTER TABLE public.t DROP COLUMN b;

-- WARNING(rewrite): column public.t.b is computed for every row of the table, under an exclusive lock
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS (a + 1) STORED;

-- WARNING(may-fail): unique public.t.t_b_key: fails where rows share a key
ALTER TABLE public.t ADD CONSTRAINT t_b_key UNIQUE (b);

-- WARNING(may-fail): check public.t.t_b_check: fails where a row breaks it
ALTER TABLE public.t ADD CONSTRAINT t_b_check CHECK (b > 0);

CREATE INDEX t_b_idx ON public.t (b);
GRANT SELECT (b) ON TABLE public.t TO PUBLIC;
COMMENT ON COLUMN public.t.b IS 'c';

CREATE VIEW public.v AS
SELECT t.b
   FROM public.t;
