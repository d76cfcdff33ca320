-- WARNING(rewrite): column public.fees.share from public.rate to numeric(7,3): rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.fees.marks from public.flags to bit varying(10): rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.fees.tags from public.code[] to text[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.mask from bit(3) to bit(5): fails where a value does not fit
-- WARNING(rewrite): column public.fees.mask from bit(3) to bit(5): rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.exact from numeric(4,1) to public.rate: fails where a value does not fit
-- WARNING(rewrite): column public.fees.exact from numeric(4,1) to public.rate: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.fees ALTER COLUMN share TYPE numeric(7,3),
    ALTER COLUMN marks TYPE bit varying(10),
    ALTER COLUMN label TYPE text,
    ALTER COLUMN tags TYPE text[],
    ALTER COLUMN nick TYPE text,
    ALTER COLUMN mask TYPE bit(5),
    ALTER COLUMN exact TYPE public.rate;
