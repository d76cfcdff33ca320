CREATE SCHEMA house;

ALTER TYPE hall.mood SET SCHEMA house;

ALTER TABLE public.former SET SCHEMA house;

ALTER TABLE hall.guest SET SCHEMA house;

ALTER TABLE house.guest RENAME TO visitor;

ALTER FUNCTION hall.loudest(house.mood) SET SCHEMA house;

DROP SCHEMA hall;

ALTER SEQUENCE house.guest_id_seq RENAME TO visitor_id_seq;

CREATE VIEW public.former AS
SELECT former.id
   FROM house.former;
