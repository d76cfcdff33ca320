DROP STATISTICS stats.a_both;

CREATE TABLE public.b (
    x integer,
    y integer
);

CREATE STATISTICS public.b_x_y ON x, y FROM public.b;

CREATE STATISTICS stats.a_x_y ON x, y FROM public.a;

-- WARNING(data-loss): drops table public.c and the data in it
DROP TABLE public.c;
