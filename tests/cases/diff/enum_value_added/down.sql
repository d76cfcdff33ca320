ALTER TYPE public.e RENAME TO e_old;

CREATE TYPE public.e AS ENUM ('a', 'c');

-- WARNING(may-fail): rows that hold 'b', 'd' of enum public.e make it fail: change them first
-- WARNING(rewrite): column public.t.x follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN x TYPE public.e USING x::text::public.e;

DROP TYPE public.e_old;
