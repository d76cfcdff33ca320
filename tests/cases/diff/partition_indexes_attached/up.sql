ALTER INDEX public.once ATTACH PARTITION public.stays_1_key;
ALTER INDEX public.twice ATTACH PARTITION public.stays_1_guest;

ALTER INDEX public.visits_key ATTACH PARTITION public.visits_1_key;
ALTER INDEX public.visits_guest ATTACH PARTITION public.visits_1_guest;
ALTER INDEX public.by_place ATTACH PARTITION public.by_place_1;

-- WARNING(may-fail): primary key public.visits_2.visits_2_key: fails where rows share a key or hold null in it
ALTER TABLE public.visits_2 ADD CONSTRAINT visits_2_key PRIMARY KEY (at, place);

ALTER INDEX public.visits_key ATTACH PARTITION public.visits_2_key;
