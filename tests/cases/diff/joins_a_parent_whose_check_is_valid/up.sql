ALTER TABLE public.heir NO INHERIT public.unchecked;

-- WARNING(may-fail): check public.heir.small: fails where a row breaks it
ALTER TABLE public.heir VALIDATE CONSTRAINT small;

ALTER TABLE public.heir INHERIT public.checked;

ALTER TABLE public.parted DETACH PARTITION public.part;

-- WARNING(may-fail): check public.part.small: fails where a row breaks it
ALTER TABLE public.part VALIDATE CONSTRAINT small;

-- WARNING(may-fail): table public.part: fails where a row is not within its bound
ALTER TABLE public.other ATTACH PARTITION public.part FOR VALUES FROM (1) TO (9);
