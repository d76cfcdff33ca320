-- WARNING(may-fail): column public.seat.nr becomes NOT NULL: fails where a row holds null
ALTER TABLE public.seat ALTER COLUMN nr SET NOT NULL;

-- WARNING(may-fail): column public.seat.row_of becomes NOT NULL: fails where a row holds null; to fill them first: UPDATE public.seat SET row_of = DEFAULT WHERE row_of IS NULL
ALTER TABLE public.seat ALTER COLUMN row_of SET NOT NULL;

-- WARNING(may-fail): column public.seat.twice becomes NOT NULL: fails where a row holds null
ALTER TABLE public.seat ALTER COLUMN twice SET NOT NULL;
