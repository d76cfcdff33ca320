-- WARNING(data-loss): column public.kept.doc from json to jsonb: the order of keys, all but the last of equal ones, blanks and spellings are not kept
-- WARNING(rewrite): column public.kept.doc from json to jsonb: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.kept.label from text to character varying(5): fails where a value does not fit
-- WARNING(data-loss): column public.kept.label from text to character varying(5): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.kept.label from text to character varying(5): rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.kept.at from time with time zone to time without time zone: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.kept.at from time with time zone to time without time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.kept.level from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.kept.level from bigint to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.kept.net from inet to cidr: fails where a value does not fit
-- WARNING(data-loss): column public.kept.net from inet to cidr: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.kept.net from inet to cidr: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.kept.mac from macaddr8 to macaddr: fails where a value does not fit
-- WARNING(data-loss): column public.kept.mac from macaddr8 to macaddr: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.kept.mac from macaddr8 to macaddr: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.kept ALTER COLUMN doc TYPE jsonb,
    ALTER COLUMN label TYPE character varying(5),
    ALTER COLUMN at TYPE time without time zone,
    ALTER COLUMN level TYPE integer,
    ALTER COLUMN net TYPE cidr,
    ALTER COLUMN mac TYPE macaddr USING mac::macaddr;

-- WARNING(rewrite): column public.lossy.doc from jsonb to json: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.lossy.label from character(9) to text: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.word from character(9) to character varying(5): fails where a value does not fit
-- WARNING(data-loss): column public.lossy.word from character(9) to character varying(5): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.lossy.word from character(9) to character varying(5): rewrites or scans every row of the table under an exclusive lock
-- WARNING(settings): column public.lossy.at from time without time zone to time with time zone: the session's TimeZone decides which time each value becomes; say it outright: USING … AT TIME ZONE 'UTC', or whichever zone they are of
-- WARNING(rewrite): column public.lossy.at from time without time zone to time with time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(settings): column public.lossy.price from money to numeric: the session's lc_monetary decides how many of its digits are a fraction, and how it is written; say it outright: SET lc_monetary before it
-- WARNING(rewrite): column public.lossy.price from money to numeric: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.body from integer to jsonb: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.body from integer to jsonb: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.body from integer to jsonb: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.lossy.letter from "char" to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.lossy.tag from text[] to text: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.lossy.field from point to box: fails where a value does not fit
-- WARNING(data-loss): column public.lossy.field from point to box: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.lossy.field from point to box: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.lossy ALTER COLUMN doc TYPE json,
    ALTER COLUMN label TYPE text,
    ALTER COLUMN word TYPE character varying(5),
    ALTER COLUMN at TYPE time with time zone,
    ALTER COLUMN price TYPE numeric USING price::numeric,
    ALTER COLUMN body TYPE jsonb USING body::text::jsonb,
    ALTER COLUMN letter TYPE integer USING letter::integer,
    ALTER COLUMN tag TYPE text,
    ALTER COLUMN field TYPE box USING field::box;
