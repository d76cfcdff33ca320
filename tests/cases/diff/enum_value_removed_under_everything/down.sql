ALTER TYPE public.stage ADD VALUE 'held' BEFORE 'done';
