-- WARNING(rewrite): column public.kept.doc from jsonb to json: rewrites or scans every row of the table under an exclusive lock
-- WARNING(settings): column public.kept.at from time without time zone to time with time zone: the session's TimeZone decides which time each value becomes; say it outright: USING … AT TIME ZONE 'UTC', or whichever zone they are of
-- WARNING(rewrite): column public.kept.at from time without time zone to time with time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.kept.level from integer to bigint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.kept.mac from macaddr to macaddr8: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.kept ALTER COLUMN doc TYPE json,
    ALTER COLUMN label TYPE text,
    ALTER COLUMN at TYPE time with time zone,
    ALTER COLUMN level TYPE bigint,
    ALTER COLUMN net TYPE inet,
    ALTER COLUMN mac TYPE macaddr8 USING mac::macaddr8;

-- WARNING(data-loss): column public.lossy.doc from json to jsonb: the order of keys, all but the last of equal ones, blanks and spellings are not kept
-- WARNING(rewrite): column public.lossy.doc from json to jsonb: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.label from text to character(9): fails where a value does not fit
-- WARNING(data-loss): column public.lossy.label from text to character(9): blanks at the end are not kept
-- WARNING(rewrite): column public.lossy.label from text to character(9): rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.lossy.word from character varying(5) to character(9): blanks at the end are not kept
-- WARNING(rewrite): column public.lossy.word from character varying(5) to character(9): rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.lossy.at from time with time zone to time without time zone: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.at from time with time zone to time without time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.price from numeric to money: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.price from numeric to money: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.price from numeric to money: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.body from jsonb to integer: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.body from jsonb to integer: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.body from jsonb to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.letter from integer to "char": fails where a value does not fit
-- WARNING(data-loss): column public.lossy.letter from integer to "char": not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.letter from integer to "char": rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.tag from text to text[]: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.tag from text to text[]: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.tag from text to text[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.field from box to point: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.field from box to point: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.field from box to point: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.lossy ALTER COLUMN doc TYPE jsonb,
    ALTER COLUMN label TYPE character(9),
    ALTER COLUMN word TYPE character(9),
    ALTER COLUMN at TYPE time without time zone,
    ALTER COLUMN price TYPE money USING price::money,
    ALTER COLUMN body TYPE integer USING body::integer,
    ALTER COLUMN letter TYPE "char" USING letter::"char",
    ALTER COLUMN tag TYPE text[] USING tag::text[],
    ALTER COLUMN field TYPE point USING field::point;
