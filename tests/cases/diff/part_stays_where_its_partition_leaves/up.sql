ALTER TABLE public.p DETACH PARTITION public.p1;

DROP INDEX public.pi1;
