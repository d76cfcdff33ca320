-- WARNING(may-fail): column public.pages.body from text to character varying(200): fails where a value does not fit
-- WARNING(data-loss): column public.pages.body from text to character varying(200): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.pages.body from text to character varying(200): rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.pages.head from text to character varying(20): fails where a value does not fit
-- WARNING(data-loss): column public.pages.head from text to character varying(20): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.pages.head from text to character varying(20): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.pages ALTER COLUMN body TYPE character varying(200), ALTER COLUMN body SET STORAGE EXTERNAL,
    ALTER COLUMN head TYPE character varying(20);

ALTER TABLE public.pages ALTER COLUMN head SET STORAGE MAIN;

-- WARNING(may-fail): column public.pages.span from text to int4range: fails where a value does not fit
-- WARNING(data-loss): column public.pages.span from text to int4range: leading zeros, blanks and other spellings of a value are not kept
-- WARNING(rewrite): column public.pages.span from text to int4range: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.pages ALTER COLUMN span TYPE int4range USING span::int4range;
