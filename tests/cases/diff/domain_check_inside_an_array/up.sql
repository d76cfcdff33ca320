ALTER DOMAIN public.host RENAME TO host_old;

CREATE DOMAIN public.host AS text NOT NULL;

ALTER DOMAIN public.port RENAME TO port_old;

CREATE DOMAIN public.port AS integer CONSTRAINT port_range CHECK ((VALUE >= 1) AND (VALUE <= 65535));

ALTER TYPE public.address RENAME TO address_old;

CREATE TYPE public.address AS (host public.host, port public.port);
CREATE FUNCTION pg_temp.carried(public.address_old) RETURNS public.address LANGUAGE sql STRICT AS $$SELECT ($1).host, ($1).port$$;
CREATE CAST (public.address_old AS public.address) WITH FUNCTION pg_temp.carried(public.address_old);

-- WARNING(may-fail): values that break domain constraint public.port.port_range make it fail
-- WARNING(rewrite): column public.server.main follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(rewrite): column public.server.others follows its type: rewrites every row of the table under an exclusive lock
-- WARNING(may-fail): rows that hold null in domain public.host make it fail
-- WARNING(rewrite): column public.server.seen follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.server ALTER COLUMN main TYPE public.port,
    ALTER COLUMN others TYPE public.port[],
    ALTER COLUMN seen TYPE public.address USING seen::public.address;

DROP CAST (public.address_old AS public.address);
DROP FUNCTION pg_temp.carried(public.address_old);
DROP TYPE public.address_old;

DROP DOMAIN public.host_old;

DROP DOMAIN public.port_old;
