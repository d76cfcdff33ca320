ALTER TABLE public.heir NO INHERIT public.checked;
ALTER TABLE public.heir DROP CONSTRAINT small;
ALTER TABLE public.heir ADD CONSTRAINT small CHECK (a < 10) NOT VALID;

ALTER TABLE public.heir INHERIT public.unchecked;

ALTER TABLE public.other DETACH PARTITION public.part;
ALTER TABLE public.part DROP CONSTRAINT small;
ALTER TABLE public.part ADD CONSTRAINT small CHECK (a < 10) NOT VALID;

-- WARNING(may-fail): table public.part: fails where a row is not within its bound
ALTER TABLE public.parted ATTACH PARTITION public.part FOR VALUES FROM (1) TO (9);
