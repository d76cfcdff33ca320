ALTER TABLE public.stays DETACH PARTITION public.stays_1;
DROP INDEX public.once;
ALTER TABLE public.stays ATTACH PARTITION public.stays_1 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');

ALTER TABLE public.stays DETACH PARTITION public.stays_1;
DROP INDEX public.twice;
ALTER TABLE public.stays ATTACH PARTITION public.stays_1 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');

ALTER TABLE public.stays_1 DROP CONSTRAINT stays_1_guest;
ALTER TABLE public.stays_1 DROP CONSTRAINT stays_1_key;

DROP INDEX public.by_place;
ALTER TABLE public.visits DROP CONSTRAINT visits_guest;
ALTER TABLE public.visits DROP CONSTRAINT visits_key;

CREATE UNIQUE INDEX once ON ONLY public.stays (at, place);
CREATE UNIQUE INDEX twice ON ONLY public.stays (at, guest);

ALTER TABLE public.stays_1 ADD CONSTRAINT stays_1_key PRIMARY KEY (at, place);
ALTER TABLE public.stays_1 ADD CONSTRAINT stays_1_guest UNIQUE (at, guest);

ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_key PRIMARY KEY (at, place);
ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_guest UNIQUE (at, guest);
CREATE INDEX by_place ON ONLY public.visits (place);

ALTER TABLE public.visits_1 ADD CONSTRAINT visits_1_key PRIMARY KEY (at, place);
ALTER TABLE public.visits_1 ADD CONSTRAINT visits_1_guest UNIQUE (at, guest);
CREATE INDEX by_place_1 ON public.visits_1 (place);

ALTER TABLE public.visits_2 ADD CONSTRAINT visits_2_guest UNIQUE (at, guest);
ALTER INDEX public.visits_guest ATTACH PARTITION public.visits_2_guest;
CREATE INDEX by_place_2 ON public.visits_2 (place);
ALTER INDEX public.by_place ATTACH PARTITION public.by_place_2;
