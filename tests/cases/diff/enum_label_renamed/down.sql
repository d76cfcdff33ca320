ALTER TYPE public.stage RENAME VALUE 'planned' TO 'draft';
