DROP VIEW public.x;

-- WARNING(data-loss): drops table public.y and the data in it
DROP TABLE public.y;

CREATE TABLE public.x (
    a integer
);
