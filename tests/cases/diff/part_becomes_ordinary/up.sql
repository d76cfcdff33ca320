ALTER TABLE public.events_2024 RENAME TO events_2024_old;
ALTER TABLE public.events DETACH PARTITION public.events_2024_old;
DROP INDEX public.events_2024_place_idx;

CREATE TABLE public.events_2024 PARTITION OF public.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- WARNING(rewrite): table public.events_2024: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
INSERT INTO public.events_2024 (at, kind, place)
SELECT at, kind, place FROM public.events_2024_old;

DROP TABLE public.events_2024_old;
