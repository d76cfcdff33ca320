CREATE TABLE public.places (id integer PRIMARY KEY);
