ALTER TABLE public.readings SET (fillfactor=90, autovacuum_enabled='false');
ALTER INDEX public.readings_value_idx SET (fillfactor=80, deduplicate_items=off);
