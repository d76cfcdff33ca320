CREATE TABLE public.x (id integer PRIMARY KEY, y integer) PARTITION BY RANGE (id);
CREATE TABLE public.y (id integer PRIMARY KEY, x integer) PARTITION BY RANGE (id);
CREATE TABLE public.x1 (id integer PRIMARY KEY, y integer);
CREATE TABLE public.y1 (id integer PRIMARY KEY, x integer);
ALTER TABLE public.x ADD FOREIGN KEY (y) REFERENCES public.y;
ALTER TABLE public.y ADD FOREIGN KEY (x) REFERENCES public.x;
