CREATE VIEW audit.seen AS
SELECT 1 AS one;

-- WARNING(data-loss): drops table public.users and the data in it
DROP TABLE public.users;
