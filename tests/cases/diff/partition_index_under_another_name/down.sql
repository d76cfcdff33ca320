COMMENT ON INDEX public.log_low_what_idx IS NULL;

DROP INDEX public.backwards;
CREATE INDEX by_what ON public.log (what);

COMMENT ON INDEX public.log_low_what_idx IS 'kept';
