DROP VIEW public.held;

ALTER DOMAIN public.checked DROP CONSTRAINT low;

ALTER DOMAIN public.retyped DROP CONSTRAINT positive;

-- WARNING(may-fail): values that break domain constraint public.checked.low make it fail
ALTER DOMAIN public.checked ADD CONSTRAINT low CHECK (VALUE < 20);

ALTER DOMAIN public.collated RENAME TO collated_old;

CREATE DOMAIN public.collated AS text COLLATE pg_catalog."C";

ALTER DOMAIN public.retyped RENAME TO retyped_old;

CREATE DOMAIN public.retyped AS bigint CONSTRAINT positive CHECK (VALUE > 0);

ALTER DOMAIN public.validated VALIDATE CONSTRAINT few;

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
