-- WARNING(may-fail): column public.stock.shelf from integer to smallint: fails where a value does not fit
-- WARNING(rewrite): column public.stock.shelf from integer to smallint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.stock.amount from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.stock.amount from bigint to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.stock.lost from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.stock.lost from bigint to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.stock.label from character varying(20) to character varying(10): fails where a value does not fit
-- WARNING(data-loss): column public.stock.label from character varying(20) to character varying(10): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.stock.label from character varying(20) to character varying(10): rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.stock.seen from timestamp without time zone to date: values lose precision
-- WARNING(rewrite): column public.stock.seen from timestamp without time zone to date: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.stock.marks from bigint[] to integer[]: fails where a value does not fit
-- WARNING(rewrite): column public.stock.marks from bigint[] to integer[]: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.stock ALTER COLUMN shelf TYPE smallint,
    ALTER COLUMN amount TYPE integer,
    ALTER COLUMN lost TYPE integer,
    ALTER COLUMN label TYPE character varying(10),
    ALTER COLUMN seen TYPE date,
    ALTER COLUMN marks TYPE integer[];

ALTER TABLE public.stock ALTER COLUMN marks SET DEFAULT '{}'::integer[];
