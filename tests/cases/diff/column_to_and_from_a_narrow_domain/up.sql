-- WARNING(may-fail): column public.fees.share from numeric(7,3) to public.rate: fails where a value does not fit
-- WARNING(data-loss): column public.fees.share from numeric(7,3) to public.rate: values lose precision
-- WARNING(rewrite): column public.fees.share from numeric(7,3) to public.rate: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.marks from bit varying(10) to public.flags: fails where a value does not fit
-- WARNING(rewrite): column public.fees.marks from bit varying(10) to public.flags: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.label from text to public.code: fails where a value does not fit
-- WARNING(data-loss): column public.fees.label from text to public.code: blanks at the end that are too many are cut
-- WARNING(rewrite): column public.fees.label from text to public.code: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.tags from text[] to public.code[]: fails where a value does not fit
-- WARNING(data-loss): column public.fees.tags from text[] to public.code[]: blanks at the end that are too many are cut
-- WARNING(rewrite): column public.fees.tags from text[] to public.code[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.nick from text to public.short_code: fails where a value does not fit
-- WARNING(data-loss): column public.fees.nick from text to public.short_code: blanks at the end that are too many are cut
-- WARNING(rewrite): column public.fees.nick from text to public.short_code: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.fees.mask from bit(5) to bit(3): fails where a value does not fit
-- WARNING(rewrite): column public.fees.mask from bit(5) to bit(3): rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.fees.exact from public.rate to numeric(4,1): values lose precision
-- WARNING(rewrite): column public.fees.exact from public.rate to numeric(4,1): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.fees ALTER COLUMN share TYPE public.rate,
    ALTER COLUMN marks TYPE public.flags,
    ALTER COLUMN label TYPE public.code,
    ALTER COLUMN tags TYPE public.code[],
    ALTER COLUMN nick TYPE public.short_code,
    ALTER COLUMN mask TYPE bit(3),
    ALTER COLUMN exact TYPE numeric(4,1);
