ALTER TYPE public.address RENAME ATTRIBUTE "ZIP" TO zip;
ALTER TYPE public.address RENAME ATTRIBUTE way TO street;
