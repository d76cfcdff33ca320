CREATE TABLE public.readings (
    at date,
    place text
) PARTITION BY RANGE (at);

CREATE INDEX by_day ON public.readings (at);

ALTER TABLE public.readings_2025 DETACH PARTITION public.readings_q1;
DROP INDEX public.readings_q1_place_idx;

-- WARNING(data-loss): drops column public.readings_q1.note and the data in it
ALTER TABLE public.readings_q1 DROP COLUMN note;

-- WARNING(may-fail): table public.readings_q1: fails where a row is not within its bound
ALTER TABLE public.readings ATTACH PARTITION public.readings_q1 FOR VALUES FROM ('2025-01-01') TO ('2025-04-01');

CREATE INDEX readings_q1_place_idx ON public.readings_q1 USING hash (place);

-- WARNING(may-fail): table public.signs_a: fails where a row is not within its bound
ALTER TABLE public.signs ATTACH PARTITION public.signs_a FOR VALUES IN ('a');
ALTER INDEX public.own_both RENAME TO signs_a_id_name_idx;
CREATE INDEX own_both ON public.signs_a (id, name);

-- WARNING(data-loss): drops table public.readings_2025 and the data in it
-- WARNING(data-loss): drops the partitions of table public.readings_2025 with it, and the rows in them
DROP TABLE public.readings_2025;
