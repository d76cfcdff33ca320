ALTER TYPE public.stage RENAME VALUE 'draft' TO 'planned';
