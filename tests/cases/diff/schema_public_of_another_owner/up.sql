ALTER TABLE public.shelf ADD COLUMN label text;
