CREATE SCHEMA app;
CREATE TABLE public.event (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE app.few PARTITION OF public.event FOR VALUES IN (1, 2);
CREATE TABLE app.rest PARTITION OF public.event DEFAULT;
CREATE TABLE app.seen (event integer CONSTRAINT of_event REFERENCES public.event);
