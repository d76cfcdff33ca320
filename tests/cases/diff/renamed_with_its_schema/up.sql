ALTER SCHEMA app RENAME TO crm;

ALTER SCHEMA b RENAME TO set_aside_1_b;

ALTER SCHEMA a RENAME TO b;

ALTER SCHEMA set_aside_1_b RENAME TO a;

ALTER TYPE crm.mood RENAME TO temper;

ALTER TABLE a.two RENAME TO second;

ALTER TABLE b.one RENAME TO first;

ALTER TABLE crm.people RENAME TO person;

ALTER TABLE crm.leaver SET SCHEMA public;

ALTER TABLE public.leaver RENAME TO gone;

ALTER FUNCTION crm.loudest(crm.temper) RENAME TO noisiest;
