COMMENT ON COLUMN public.guest.feels IS NULL;

ALTER TYPE public.mood RENAME TO mood_old;

CREATE TYPE public.mood AS ENUM ('sad', 'glad');

-- WARNING(may-fail): rows that hold 'fine' of enum public.mood make it fail: change them first
-- WARNING(rewrite): column public.guest.feels follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.guest ALTER COLUMN feels TYPE public.mood USING feels::text::public.mood;

DROP TYPE public.mood_old;
