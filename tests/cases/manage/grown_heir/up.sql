ALTER TABLE public.boss ADD COLUMN later integer DEFAULT 1 NOT NULL;
