DROP VIEW public.held;

ALTER DOMAIN public.checked DROP CONSTRAINT low;

ALTER DOMAIN public.retyped DROP CONSTRAINT positive;

ALTER DOMAIN public.validated DROP CONSTRAINT few;

-- WARNING(may-fail): values that break domain constraint public.checked.low make it fail
ALTER DOMAIN public.checked ADD CONSTRAINT low CHECK (VALUE < 10);

ALTER DOMAIN public.collated RENAME TO collated_old;

CREATE DOMAIN public.collated AS text;

ALTER DOMAIN public.retyped RENAME TO retyped_old;

CREATE DOMAIN public.retyped AS integer CONSTRAINT positive CHECK (VALUE > 0);

ALTER DOMAIN public.validated ADD CONSTRAINT few CHECK (VALUE < 100) NOT VALID;

-- WARNING(may-fail): domain public.retyped from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.holder.r follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.holder ALTER COLUMN r TYPE public.retyped;

DROP DOMAIN public.retyped_old;

-- WARNING(rewrite): column public.holder.c follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.holder ALTER COLUMN c TYPE public.collated;

DROP DOMAIN public.collated_old;

CREATE VIEW public.held AS
SELECT holder.id,
    holder.c
   FROM public.holder;
