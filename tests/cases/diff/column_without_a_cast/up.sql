-- WARNING(may-fail): column public.events.at from bigint to timestamp without time zone: fails where a value does not fit
-- WARNING(data-loss): column public.events.at from bigint to timestamp without time zone: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.events.at from bigint to timestamp without time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.events.code from uuid to integer: fails where a value does not fit
-- WARNING(data-loss): column public.events.code from uuid to integer: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.events.code from uuid to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(settings): column public.events.amount from money to numeric: the session's lc_monetary decides how many of its digits are a fraction, and how it is written; say it outright: SET lc_monetary before it
-- WARNING(rewrite): column public.events.amount from money to numeric: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.events.note from text to integer: fails where a value does not fit
-- WARNING(data-loss): column public.events.note from text to integer: leading zeros, blanks and other spellings of a value are not kept
-- WARNING(rewrite): column public.events.note from text to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.events ALTER COLUMN at TYPE timestamp without time zone USING at::text::timestamp without time zone,
    ALTER COLUMN code TYPE integer USING code::text::integer,
    ALTER COLUMN amount TYPE numeric USING amount::numeric,
    ALTER COLUMN note TYPE integer USING note::integer;
