ALTER TABLE public.restated ADD COLUMN more integer;

ALTER TABLE public.unsaid ADD COLUMN more integer;
