SELECT pg_catalog.setval('public."between"', greatest(last_value, 1), is_called AND last_value >= 1) FROM public."between";

-- WARNING(may-fail): sequence public."between": fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public."between" NO MINVALUE START WITH 1;

SELECT pg_catalog.setval('public.down', least(last_value, -1), is_called AND last_value <= -1) FROM public.down;

-- WARNING(may-fail): sequence public.down: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.down NO MAXVALUE START WITH -1;

SELECT pg_catalog.setval('public.up', greatest(last_value, 1), is_called AND last_value >= 1) FROM public.up;

-- WARNING(may-fail): sequence public.up: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.up NO MINVALUE START WITH 1;

SELECT pg_catalog.setval('public.t_between_seq', greatest(last_value, 1), is_called AND last_value >= 1) FROM public.t_between_seq;

-- WARNING(may-fail): sequence public.t_between_seq: fails where it stands at a number that the new bounds leave out
ALTER TABLE public.t ALTER COLUMN "between" SET NO MINVALUE SET START WITH 1;

SELECT pg_catalog.setval('public.t_down_seq', least(last_value, -1), is_called AND last_value <= -1) FROM public.t_down_seq;

-- WARNING(may-fail): sequence public.t_down_seq: fails where it stands at a number that the new bounds leave out
ALTER TABLE public.t ALTER COLUMN down SET NO MAXVALUE SET START WITH -1;

-- WARNING(may-fail): sequence public.t_up_seq: fails where it stands at a number that the new bounds leave out
ALTER TABLE public.t ALTER COLUMN up SET NO MINVALUE;
