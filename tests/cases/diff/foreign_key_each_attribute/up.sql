ALTER TABLE public.by_columns DROP CONSTRAINT refers;

ALTER TABLE public.by_match DROP CONSTRAINT refers;

ALTER TABLE public.by_set DROP CONSTRAINT refers;

ALTER TABLE public.by_table DROP CONSTRAINT refers;

ALTER TABLE public.by_update DROP CONSTRAINT refers;

-- WARNING(may-fail): foreign key public.by_columns.refers: fails where a row refers to none
ALTER TABLE public.by_columns ADD CONSTRAINT refers FOREIGN KEY (b) REFERENCES public.one (b);

-- WARNING(may-fail): foreign key public.by_match.refers: fails where a row refers to none
ALTER TABLE public.by_match ADD CONSTRAINT refers FOREIGN KEY (a, b) REFERENCES public.one (a, b) MATCH FULL;

-- WARNING(may-fail): foreign key public.by_set.refers: fails where a row refers to none
ALTER TABLE public.by_set ADD CONSTRAINT refers FOREIGN KEY (a, b) REFERENCES public.one (a, b) ON DELETE SET NULL (b);

-- WARNING(may-fail): foreign key public.by_table.refers: fails where a row refers to none
ALTER TABLE public.by_table ADD CONSTRAINT refers FOREIGN KEY (a) REFERENCES public.other (a);

-- WARNING(may-fail): foreign key public.by_update.refers: fails where a row refers to none
ALTER TABLE public.by_update ADD CONSTRAINT refers FOREIGN KEY (a) REFERENCES public.one (a) ON UPDATE CASCADE;

-- WARNING(may-fail): foreign key public.by_validity.refers: fails where a row refers to none
ALTER TABLE public.by_validity VALIDATE CONSTRAINT refers;
