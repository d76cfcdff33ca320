DROP STATISTICS stats.a_x_y;

CREATE TABLE public.c (
    x integer,
    y integer
);

CREATE STATISTICS stats.a_both ON x, y FROM public.a;

CREATE STATISTICS stats.c_x_y ON x, y FROM public.c;

-- WARNING(data-loss): drops table public.b and the data in it
DROP TABLE public.b;
