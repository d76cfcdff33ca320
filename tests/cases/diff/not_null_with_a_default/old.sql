CREATE TABLE public.seat (row_of text DEFAULT 'a', nr integer, twice integer GENERATED ALWAYS AS (nr * 2) STORED);
