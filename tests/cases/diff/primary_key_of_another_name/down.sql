ALTER TABLE public.a DROP CONSTRAINT "the key";

-- WARNING(may-fail): column public.a.n from text to integer: fails where a value does not fit
-- WARNING(data-loss): column public.a.n from text to integer: leading zeros, blanks and other spellings of a value are not kept
-- WARNING(rewrite): column public.a.n from text to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.a ALTER COLUMN n TYPE integer USING n::integer;

ALTER TABLE public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);

CREATE TABLE public.b (
    a integer,
    n integer,
    CONSTRAINT "b to a" FOREIGN KEY (a) REFERENCES public.a (id) ON DELETE CASCADE
);

CREATE VIEW public.v AS
SELECT b.n
   FROM public.b;
