ALTER TABLE public.t RENAME TO t_old;
ALTER SEQUENCE public.t_number_seq RENAME TO t_number_seq_old;

CREATE TABLE public.t (
    id integer NOT NULL,
    feels text,
    size integer,
    number integer NOT NULL,
    counted integer GENERATED ALWAYS AS IDENTITY NOT NULL
);

-- WARNING(rewrite): table public.t: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
-- WARNING(may-fail): column public.t.id from bigint to integer: fails where a value does not fit
-- WARNING(may-fail): column public.t.size from text to integer: fails where a value does not fit
-- WARNING(data-loss): column public.t.size from text to integer: leading zeros, blanks and other spellings of a value are not kept
INSERT INTO public.t (id, feels, size, number, counted) OVERRIDING SYSTEM VALUE
SELECT id, feels::text::text, size::integer, number, counted FROM public.t_old;

DROP TABLE public.t_old;

SELECT pg_catalog.setval('public.t_counted_seq', greatest(max(counted)::bigint + 1, 1), false) FROM public.t;
