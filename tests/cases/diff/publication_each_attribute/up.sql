ALTER PUBLICATION by_schema DROP TABLES IN SCHEMA app;

DROP PUBLICATION by_all;

DROP PUBLICATION gone;

ALTER PUBLICATION by_table DROP TABLE ONLY app.leaves;

ALTER PUBLICATION by_use DROP TABLE ONLY app.loses;

ALTER PUBLICATION by_use DROP TABLE ONLY app.retyped;

ALTER PUBLICATION by_columns DROP TABLE ONLY app.t;
ALTER PUBLICATION by_where DROP TABLE ONLY app.t;

CREATE TABLE app.added (
    id integer NOT NULL,
    CONSTRAINT added_pkey PRIMARY KEY (id)
);

ALTER PUBLICATION by_table ADD TABLE ONLY app.added;

ALTER PUBLICATION by_use ADD TABLE ONLY app.loses (id);

-- WARNING(rewrite): column app.retyped.id from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE app.retyped ALTER COLUMN id TYPE bigint;

ALTER PUBLICATION by_use ADD TABLE ONLY app.retyped (id, a) WHERE (id > 3);

ALTER PUBLICATION by_columns ADD TABLE ONLY app.t (id, b);
ALTER PUBLICATION by_where ADD TABLE ONLY app.t WHERE ((id > 1) AND (b IS NOT NULL));

CREATE PUBLICATION added WITH (publish = '');

CREATE PUBLICATION by_all;

ALTER PUBLICATION by_all ADD TABLE ONLY app.t;

ALTER PUBLICATION by_publish SET (publish = 'insert, delete, truncate');

ALTER PUBLICATION by_root SET (publish_via_partition_root = true);

ALTER PUBLICATION added ADD TABLES IN SCHEMA app;

ALTER PUBLICATION added ADD TABLES IN SCHEMA other;

ALTER PUBLICATION by_schema ADD TABLES IN SCHEMA other;

-- WARNING(data-loss): drops table app.gone and the data in it
DROP TABLE app.gone;

-- WARNING(data-loss): drops column app.loses.a and the data in it
ALTER TABLE app.loses DROP COLUMN a;
