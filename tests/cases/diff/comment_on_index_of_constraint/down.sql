COMMENT ON CONSTRAINT seat_pkey ON public.seat IS NULL;
COMMENT ON INDEX public.seat_pkey IS NULL;
COMMENT ON INDEX public.seat_label_key IS 'was found by hand before';
COMMENT ON INDEX public.seat_taken_excl IS NULL;
