ALTER TYPE public.e ADD VALUE 'b' BEFORE 'c';
ALTER TYPE public.e ADD VALUE 'd';
