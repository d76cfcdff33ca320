CREATE TYPE public.stage AS ENUM ('draft', 'open', 'closed');
CREATE TABLE public.ticket (
    id integer PRIMARY KEY,
    stage public.stage DEFAULT 'draft' NOT NULL,
    was_draft boolean GENERATED ALWAYS AS (stage = 'draft') STORED,
    CONSTRAINT ticket_stage CHECK (stage <> 'draft' OR id > 0)
);
CREATE VIEW public.drafts AS SELECT id FROM public.ticket WHERE stage = 'draft';
