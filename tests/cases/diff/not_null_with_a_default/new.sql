CREATE TABLE public.seat (row_of text DEFAULT 'a' NOT NULL, nr integer NOT NULL, twice integer GENERATED ALWAYS AS (nr * 2) STORED NOT NULL);
