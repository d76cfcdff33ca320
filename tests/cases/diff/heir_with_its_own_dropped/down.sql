CREATE TABLE public.u (
    id integer
);

CREATE TABLE public.t (
    id integer,
    x integer
) INHERITS (public.u);

CREATE TABLE public.g (
    id integer,
    x integer,
    y integer
) INHERITS (public.t);

-- WARNING(data-loss): drops table public.w and the data in it
DROP TABLE public.w;
