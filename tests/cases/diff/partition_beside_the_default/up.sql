-- WARNING(rewrite): table public.log_2025 beside table public.log_rest: scans every row of the default partition under an exclusive lock on it
-- WARNING(may-fail): table public.log_2025 beside table public.log_rest: fails where the default partition holds rows of the new one's bound
CREATE TABLE public.log_2025 PARTITION OF public.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
