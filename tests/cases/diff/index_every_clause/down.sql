DROP INDEX public.g;
DROP INDEX public.u;
