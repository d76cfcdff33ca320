-- WARNING(data-loss): what the dropped attributes of composite type public.c hold is lost
ALTER TYPE public.c ALTER ATTRIBUTE a TYPE bigint, DROP ATTRIBUTE b, ADD ATTRIBUTE d date;
