DROP VIEW app.above;

DROP VIEW public.beneath;

ALTER TABLE public.t DROP COLUMN twice;

-- WARNING(rewrite): column public.t.twice is computed for every row of the table, under an exclusive lock
ALTER TABLE public.t ADD COLUMN twice integer GENERATED ALWAYS AS (id * 2) STORED;

CREATE VIEW app.beneath AS
SELECT t.id,
    t.twice
   FROM public.t;

CREATE VIEW app.above AS
SELECT beneath.id
   FROM app.beneath;

COMMENT ON VIEW app.above IS 'kept';
