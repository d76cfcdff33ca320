-- WARNING(may-fail): check public.t.c: fails where a row breaks it
ALTER TABLE public.t VALIDATE CONSTRAINT c;
