ALTER TABLE public.a DROP CONSTRAINT a_b_id_fkey;

ALTER TABLE public.b DROP CONSTRAINT b_a_id_fkey;

-- WARNING(data-loss): drops table public.a and the data in it
DROP TABLE public.a;

-- WARNING(data-loss): drops table public.b and the data in it
DROP TABLE public.b;
