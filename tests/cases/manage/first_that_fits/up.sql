ALTER TABLE partman.part_config ADD COLUMN more text;

CREATE TABLE public.fresh (
    id integer
);

-- WARNING(data-loss): drops table public.even and the data in it
DROP TABLE public.even;
