ALTER TABLE public.readings DETACH PARTITION public.new_ones;
ALTER TABLE public.new_ones ALTER COLUMN at DROP NOT NULL;
ALTER TABLE public.new_ones DROP CONSTRAINT positive;
DROP INDEX public.new_ones_value_idx;

-- WARNING(may-fail): check public.old_ones.positive: fails where a row breaks it
ALTER TABLE public.old_ones ADD CONSTRAINT positive CHECK (value > 0);

-- WARNING(may-fail): table public.old_ones: fails where a row is not within its bound
ALTER TABLE public.readings ATTACH PARTITION public.old_ones FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
