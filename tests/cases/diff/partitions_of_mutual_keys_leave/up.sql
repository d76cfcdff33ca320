-- WARNING(may-fail): table public.x1: fails where a foreign key's row refers to one in it
ALTER TABLE public.x DETACH PARTITION public.x1;

ALTER TABLE public.x1 DROP CONSTRAINT x_y_fkey;

-- WARNING(may-fail): table public.y1: fails where a foreign key's row refers to one in it
ALTER TABLE public.y DETACH PARTITION public.y1;

ALTER TABLE public.y1 DROP CONSTRAINT y_x_fkey;
