CREATE TABLE public.even (
    id integer
);

-- WARNING(data-loss): drops column partman.part_config.more and the data in it
ALTER TABLE partman.part_config DROP COLUMN more;

-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;
