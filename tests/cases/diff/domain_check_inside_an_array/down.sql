ALTER DOMAIN public.port DROP CONSTRAINT port_range;

ALTER DOMAIN public.host DROP NOT NULL;
