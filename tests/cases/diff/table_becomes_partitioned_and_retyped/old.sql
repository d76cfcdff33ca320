CREATE TYPE public.mood AS ENUM ('calm', 'loud');
CREATE TABLE public.t (id integer NOT NULL, feels text, size integer, number integer NOT NULL, counted integer GENERATED ALWAYS AS IDENTITY);
