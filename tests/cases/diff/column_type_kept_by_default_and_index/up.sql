-- WARNING(rewrite): column public.stock.shelf from smallint to integer: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.stock.amount from integer to bigint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.stock.lost from integer to bigint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.stock.seen from date to timestamp without time zone: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.stock.marks from integer[] to bigint[]: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.stock ALTER COLUMN shelf TYPE integer,
    ALTER COLUMN amount TYPE bigint,
    ALTER COLUMN lost TYPE bigint,
    ALTER COLUMN label TYPE character varying(20),
    ALTER COLUMN seen TYPE timestamp without time zone,
    ALTER COLUMN marks TYPE bigint[];

ALTER TABLE public.stock ALTER COLUMN marks SET DEFAULT '{}'::bigint[];
