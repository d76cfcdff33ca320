COMMENT ON INDEX public.log_low_what_idx IS NULL;

DROP INDEX public.by_what;
CREATE INDEX backwards ON public.log (what DESC);

COMMENT ON INDEX public.log_low_what_idx IS 'kept';
