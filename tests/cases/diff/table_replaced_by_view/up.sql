CREATE TABLE public.y (
    a integer
);

-- WARNING(data-loss): drops table public.x and the data in it
DROP TABLE public.x;

CREATE VIEW public.x AS
SELECT y.a
   FROM public.y;
