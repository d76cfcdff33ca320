-- WARNING(rewrite): column public.bookings.seats from int4range to int8range: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.bookings.term from tsrange to tstzrange: fails where a value does not fit
-- WARNING(data-loss): column public.bookings.term from tsrange to tstzrange: not every value can be had back from what it becomes
-- WARNING(settings): column public.bookings.term from tsrange to tstzrange: the session's TimeZone decides which time each bound becomes; say it outright: SET TimeZone before it
-- WARNING(rewrite): column public.bookings.term from tsrange to tstzrange: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.bookings.blocks from int4range to numrange: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.bookings ALTER COLUMN seats TYPE int8range USING seats::text::int8range,
    ALTER COLUMN term TYPE tstzrange USING term::text::tstzrange,
    ALTER COLUMN blocks TYPE numrange USING blocks::text::numrange;
