-- WARNING(may-fail): column public.visits.at becomes NOT NULL: fails where a row holds null
ALTER TABLE public.visits ALTER COLUMN at SET NOT NULL;

-- WARNING(may-fail): primary key public.visits.visits_pkey: fails where rows share a key or hold null in it
ALTER TABLE public.visits ADD CONSTRAINT visits_pkey PRIMARY KEY (at);

COMMENT ON INDEX public.visits_pkey IS 'once a day';

CREATE TABLE public.visits_2025 PARTITION OF public.visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
COMMENT ON INDEX public.visits_2025_pkey IS 'once a day';

CREATE TABLE public.visits_2026 PARTITION OF public.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
