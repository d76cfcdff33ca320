ALTER TABLE public.pages ALTER COLUMN body TYPE text, ALTER COLUMN body SET STORAGE EXTERNAL,
    ALTER COLUMN head TYPE text;

ALTER TABLE public.pages ALTER COLUMN head SET STORAGE EXTERNAL;

-- WARNING(rewrite): column public.pages.span from int4range to text: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.pages ALTER COLUMN span TYPE text;

ALTER TABLE public.pages ALTER COLUMN span SET STORAGE EXTERNAL;
