DROP VIEW public.former;

CREATE SCHEMA hall;

ALTER SEQUENCE house.visitor_id_seq RENAME TO guest_id_seq;

ALTER FUNCTION house.loudest(house.mood) SET SCHEMA hall;

ALTER TABLE house.visitor RENAME TO guest;

ALTER TABLE house.guest SET SCHEMA hall;

ALTER TABLE house.former SET SCHEMA public;

ALTER TYPE house.mood SET SCHEMA hall;

DROP SCHEMA house;
