DROP VIEW public.open_findings;

DROP INDEX public.findings_open_idx;

-- WARNING(rewrite): column public.findings.id from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.findings ALTER COLUMN id TYPE bigint;

CREATE INDEX findings_open_idx ON public.findings (id) WHERE status IN ('new', 'acknowledged');

CREATE VIEW public.open_findings AS
SELECT findings.id
FROM public.findings
WHERE findings.status NOT IN ('closed', 'void')
  AND findings.id > 0;
