ALTER TABLE public.readings RESET (autovacuum_enabled), SET (fillfactor=70);
ALTER INDEX public.readings_value_idx RESET (fillfactor);
