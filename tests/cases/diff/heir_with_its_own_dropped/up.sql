CREATE TABLE public.w (
    id integer
);

-- WARNING(data-loss): drops table public.g and the data in it
DROP TABLE public.g;

-- WARNING(data-loss): drops table public.t and the data in it
DROP TABLE public.t;

-- WARNING(data-loss): drops table public.u and the data in it
DROP TABLE public.u;
