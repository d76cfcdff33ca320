CREATE TABLE public.r (id integer PRIMARY KEY);
CREATE TABLE public.p (a integer, b integer, c integer) PARTITION BY RANGE (a);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (10);
CREATE TABLE public.q (a integer, b integer, c integer, CONSTRAINT f FOREIGN KEY (b) REFERENCES public.r) PARTITION BY RANGE (a);
