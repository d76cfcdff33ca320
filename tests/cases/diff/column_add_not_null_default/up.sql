ALTER TABLE public.t ADD COLUMN state text DEFAULT 'new'::text NOT NULL;
