SELECT pg_catalog.setval('public.countdown', least(last_value, 50), is_called AND last_value <= 50) FROM public.countdown;

-- WARNING(may-fail): sequence public.countdown: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.countdown MAXVALUE 50 START WITH 50;

ALTER SEQUENCE public.elsewhere MINVALUE 100 MAXVALUE 200 START WITH 100 RESTART WITH 100;

SELECT pg_catalog.setval('public.voltages_volt_seq', greatest(last_value, -100), is_called AND last_value >= -100) FROM public.voltages_volt_seq;

-- WARNING(may-fail): sequence public.voltages_volt_seq: fails where it stands at a number that the new bounds leave out
ALTER TABLE public.voltages ALTER COLUMN volt SET INCREMENT BY 5 SET MINVALUE -100 SET MAXVALUE 100 SET START WITH -100;
