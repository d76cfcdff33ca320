DROP VIEW public.x;

CREATE TABLE public.x (
    a integer
);

-- WARNING(data-loss): drops table public.y and the data in it
DROP TABLE public.y;
