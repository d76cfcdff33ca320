ALTER TYPE public.address RENAME ATTRIBUTE street TO way;
ALTER TYPE public.address RENAME ATTRIBUTE zip TO "ZIP";
