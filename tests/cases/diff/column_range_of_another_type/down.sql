-- WARNING(may-fail): column public.bookings.seats from int8range to int4range: fails where a value does not fit
-- WARNING(data-loss): column public.bookings.seats from int8range to int4range: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.bookings.seats from int8range to int4range: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.bookings.term from tstzrange to tsrange: fails where a value does not fit
-- WARNING(data-loss): column public.bookings.term from tstzrange to tsrange: not every value can be had back from what it becomes
-- WARNING(settings): column public.bookings.term from tstzrange to tsrange: the session's TimeZone decides which time each bound becomes; say it outright: SET TimeZone before it
-- WARNING(rewrite): column public.bookings.term from tstzrange to tsrange: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.bookings.blocks from numrange to int4range: fails where a value does not fit
-- WARNING(data-loss): column public.bookings.blocks from numrange to int4range: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.bookings.blocks from numrange to int4range: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.bookings ALTER COLUMN seats TYPE int4range USING seats::text::int4range,
    ALTER COLUMN term TYPE tsrange USING term::text::tsrange,
    ALTER COLUMN blocks TYPE int4range USING blocks::text::int4range;
