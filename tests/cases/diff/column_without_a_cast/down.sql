-- WARNING(may-fail): column public.events.at from timestamp without time zone to bigint: fails where a value does not fit
-- WARNING(data-loss): column public.events.at from timestamp without time zone to bigint: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.events.at from timestamp without time zone to bigint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.events.code from integer to uuid: fails where a value does not fit
-- WARNING(data-loss): column public.events.code from integer to uuid: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.events.code from integer to uuid: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.events.amount from numeric to money: fails where a value does not fit
-- WARNING(data-loss): column public.events.amount from numeric to money: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.events.amount from numeric to money: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.events.note from integer to text: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.events ALTER COLUMN at TYPE bigint USING at::text::bigint,
    ALTER COLUMN code TYPE uuid USING code::text::uuid,
    ALTER COLUMN amount TYPE money USING amount::money,
    ALTER COLUMN note TYPE text;
