ALTER FUNCTION crm.noisiest(crm.temper) RENAME TO loudest;

ALTER TABLE public.gone RENAME TO leaver;

ALTER TABLE public.leaver SET SCHEMA crm;

ALTER TABLE crm.person RENAME TO people;

ALTER TABLE b.first RENAME TO one;

ALTER TABLE a.second RENAME TO two;

ALTER TYPE crm.temper RENAME TO mood;

ALTER SCHEMA a RENAME TO set_aside_1_b;

ALTER SCHEMA b RENAME TO a;

ALTER SCHEMA set_aside_1_b RENAME TO b;

ALTER SCHEMA crm RENAME TO app;
