DROP VIEW app.above;

DROP VIEW app.beneath;

ALTER TABLE public.t DROP COLUMN twice;

-- WARNING(rewrite): column public.t.twice is computed for every row of the table, under an exclusive lock
ALTER TABLE public.t ADD COLUMN twice integer GENERATED ALWAYS AS (abs(id)) STORED;

CREATE VIEW public.beneath AS
SELECT t.id,
    t.twice
   FROM public.t;

CREATE VIEW app.above AS
SELECT beneath.id
   FROM public.beneath;

COMMENT ON VIEW app.above IS 'kept';
