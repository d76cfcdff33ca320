DROP VIEW public.open_findings;

DROP INDEX public.findings_open_idx;

-- WARNING(may-fail): column public.findings.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.findings.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.findings ALTER COLUMN id TYPE integer;

CREATE INDEX findings_open_idx ON public.findings (id) WHERE (status)::text = ANY (ARRAY[('new'::character varying)::text, ('acknowledged'::character varying)::text]);

CREATE VIEW public.open_findings AS
SELECT findings.id
FROM public.findings
WHERE findings.status NOT IN ('closed', 'void')
  AND findings.id > 0;
