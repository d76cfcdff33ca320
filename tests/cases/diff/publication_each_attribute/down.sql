ALTER PUBLICATION by_schema DROP TABLES IN SCHEMA other;

DROP PUBLICATION added;

DROP PUBLICATION by_all;

ALTER PUBLICATION by_use DROP TABLE ONLY app.loses;

ALTER PUBLICATION by_use DROP TABLE ONLY app.retyped;

ALTER PUBLICATION by_columns DROP TABLE ONLY app.t;
ALTER PUBLICATION by_where DROP TABLE ONLY app.t;

CREATE TABLE app.gone (
    id integer NOT NULL,
    CONSTRAINT gone_pkey PRIMARY KEY (id)
);

ALTER PUBLICATION by_table ADD TABLE ONLY app.gone;

ALTER PUBLICATION by_table ADD TABLE ONLY app.leaves;

ALTER TABLE app.loses ADD COLUMN a integer;
ALTER PUBLICATION by_use ADD TABLE ONLY app.loses (id, a);

-- WARNING(may-fail): column app.retyped.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column app.retyped.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE app.retyped ALTER COLUMN id TYPE integer;

ALTER PUBLICATION by_use ADD TABLE ONLY app.retyped (id, a) WHERE (id > 3);

ALTER PUBLICATION by_columns ADD TABLE ONLY app.t (id, a);
ALTER PUBLICATION by_where ADD TABLE ONLY app.t WHERE (id > 1);

CREATE PUBLICATION by_all FOR ALL TABLES;

ALTER PUBLICATION by_publish SET (publish = 'insert, update');

ALTER PUBLICATION by_root SET (publish_via_partition_root = false);

CREATE PUBLICATION gone;

ALTER PUBLICATION gone ADD TABLE ONLY app.gone;

ALTER PUBLICATION gone ADD TABLE ONLY app.t;

ALTER PUBLICATION by_schema ADD TABLES IN SCHEMA app;

ALTER PUBLICATION gone ADD TABLES IN SCHEMA other;

-- WARNING(data-loss): drops table app.added and the data in it
DROP TABLE app.added;
