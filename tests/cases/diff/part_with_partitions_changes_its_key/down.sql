ALTER TABLE public.events_2024 RENAME TO events_2024_old;
ALTER TABLE public.events DETACH PARTITION public.events_2024_old;

ALTER TABLE public.events_2024_a RENAME TO events_2024_a_old;

DROP TRIGGER refuse_too ON public.events;

DROP INDEX public.events_2024_place_idx;

CREATE TABLE public.events_2024 PARTITION OF public.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (kind);

CREATE TABLE public.events_2024_a PARTITION OF public.events_2024 FOR VALUES FROM (0) TO (10);

CREATE TABLE public.events_2024_b PARTITION OF public.events_2024 FOR VALUES FROM (10) TO (20);

-- WARNING(rewrite): table public.events_2024: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
-- WARNING(may-fail): table public.events_2024: a row that belongs in none of its partitions stops it
ALTER TABLE public.events_2024 DISABLE TRIGGER refuse;
INSERT INTO public.events_2024 (at, kind, place)
SELECT at, kind, place FROM public.events_2024_old;
ALTER TABLE public.events_2024 ENABLE TRIGGER refuse;

DROP TABLE public.events_2024_old;

ALTER TABLE public.events_2024 ADD CONSTRAINT own_check CHECK (kind >= 0);
CREATE INDEX own ON public.events_2024 (kind);
COMMENT ON TABLE public.events_2024 IS 'Of that year';
