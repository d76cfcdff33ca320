DROP MATERIALIZED VIEW public.open_tickets;

COMMENT ON COLUMN public.ticket.is_open IS NULL;
DROP POLICY seen ON public.ticket;
DROP TRIGGER ticket_done ON public.ticket;
DROP INDEX public.ticket_open_idx;
ALTER TABLE public.ticket DROP CONSTRAINT ticket_id_excl;
ALTER TABLE public.ticket DROP CONSTRAINT ticket_done;
ALTER TABLE public.ticket ALTER COLUMN stage DROP DEFAULT;

ALTER DOMAIN public.live DROP CONSTRAINT live_check;

ALTER DOMAIN public.live RENAME TO live_old;

ALTER TYPE public.move RENAME TO move_old;

ALTER TABLE public.ticket DROP COLUMN is_open;

DROP FUNCTION public.weight(public.stage, public.stage);

ALTER TYPE public.stage RENAME TO stage_old1;

CREATE TYPE public.stage AS ENUM ('new', 'open', 'done');

CREATE DOMAIN public.live AS public.stage DEFAULT 'new'::public.stage CONSTRAINT live_check CHECK (VALUE <> 'done'::public.stage);

CREATE TYPE public.move AS (at date, into_stage public.stage);
CREATE FUNCTION pg_temp.carried(public.move_old) RETURNS public.move LANGUAGE sql STRICT AS $$SELECT ($1).at, ($1).into_stage::text::public.stage$$;
CREATE CAST (public.move_old AS public.move) WITH FUNCTION pg_temp.carried(public.move_old);

-- WARNING(may-fail): rows that hold 'held' of enum public.stage make it fail: change them first
-- WARNING(rewrite): column public.ticket.stage follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.ticket.past follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.ticket.now follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.ticket ALTER COLUMN stage TYPE public.stage USING stage::text::public.stage,
    ALTER COLUMN past TYPE public.stage[] USING past::text[]::public.stage[],
    ALTER COLUMN now TYPE public.live USING now::text::public.live;

DROP DOMAIN public.live_old;

-- WARNING(may-fail): rows that hold 'held' of enum public.stage make it fail: change them first
-- WARNING(rewrite): column public.ticket.moves follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.ticket ALTER COLUMN moves TYPE public.move[] USING moves::public.move[];

DROP CAST (public.move_old AS public.move);
DROP FUNCTION pg_temp.carried(public.move_old);
DROP TYPE public.move_old;

ALTER TABLE public.ticket ALTER COLUMN stage SET DEFAULT 'new'::public.stage;

-- WARNING(may-fail): check public.ticket.ticket_done: fails where a row breaks it
ALTER TABLE public.ticket ADD CONSTRAINT ticket_done CHECK ((stage <> 'done'::public.stage) OR (id > 0));

-- WARNING(may-fail): exclusion public.ticket.ticket_id_excl: fails where two rows exclude each other
ALTER TABLE public.ticket ADD CONSTRAINT ticket_id_excl EXCLUDE USING btree (id WITH =) WHERE (stage = 'new'::public.stage);

CREATE INDEX ticket_open_idx ON public.ticket (id) WHERE stage = ANY (ARRAY['open'::public.stage, 'new'::public.stage]);
CREATE TRIGGER ticket_done BEFORE UPDATE OF stage ON public.ticket FOR EACH ROW WHEN ((new.stage = 'done'::public.stage)) EXECUTE FUNCTION public.touch();
CREATE POLICY seen ON public.ticket FOR ALL TO PUBLIC USING (stage <> 'new'::public.stage);

CREATE FUNCTION public.weight(s public.stage, t public.stage DEFAULT 'open'::public.stage)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$ select case s when 'open' then 2 else 1 end $$;

-- WARNING(rewrite): column public.ticket.is_open is computed for every row of the table, under an exclusive lock
ALTER TABLE public.ticket ADD COLUMN is_open boolean GENERATED ALWAYS AS ((stage = 'open'::public.stage) OR (public.weight(stage) > 1)) STORED;

DROP TYPE public.stage_old1;

COMMENT ON COLUMN public.ticket.is_open IS 'still to do';

-- WARNING(rewrite): builds materialized view public.open_tickets anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.open_tickets AS
SELECT ticket.id,
    public.weight(ticket.stage) AS w
   FROM public.ticket
  WHERE (ticket.stage = 'open'::public.stage);
