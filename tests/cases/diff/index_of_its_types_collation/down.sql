DROP INDEX public.other_a;
DROP INDEX public.other_b;
DROP INDEX public.other_c;
DROP INDEX public.own_d;
