ALTER TABLE public.ship DROP CONSTRAINT ship_dock_name_fkey;
ALTER TABLE public.ship DROP CONSTRAINT ship_dock_no_fkey;

-- WARNING(rewrite): column public.dock.depth from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.dock ALTER COLUMN depth TYPE bigint;

ALTER TABLE public.ship ADD CONSTRAINT ship_dock_name_fkey FOREIGN KEY (dock_name) REFERENCES public.dock (name);
ALTER TABLE public.ship ADD CONSTRAINT ship_dock_no_fkey FOREIGN KEY (dock_no) REFERENCES public.dock (dock_no);
COMMENT ON CONSTRAINT ship_dock_no_fkey ON public.ship IS 'where it lies';
