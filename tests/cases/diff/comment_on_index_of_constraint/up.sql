COMMENT ON INDEX public.seat_pkey IS 'small enough to stay in memory';
COMMENT ON INDEX public.seat_label_key IS 'what people look for';
COMMENT ON INDEX public.seat_taken_excl IS 'one at a time';
COMMENT ON CONSTRAINT seat_pkey ON public.seat IS 'tells seats apart';
