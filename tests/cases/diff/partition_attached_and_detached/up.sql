-- WARNING(may-fail): column public.new_ones.at becomes NOT NULL: fails where a row holds null
ALTER TABLE public.new_ones ALTER COLUMN at SET NOT NULL;

-- WARNING(may-fail): check public.new_ones.positive: fails where a row breaks it
ALTER TABLE public.new_ones ADD CONSTRAINT positive CHECK (value > 0);

ALTER TABLE public.readings DETACH PARTITION public.old_ones;

-- WARNING(may-fail): table public.new_ones: fails where a row is not within its bound
ALTER TABLE public.readings ATTACH PARTITION public.new_ones FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

ALTER TABLE public.old_ones DROP CONSTRAINT positive;
DROP INDEX public.old_ones_value_idx;
