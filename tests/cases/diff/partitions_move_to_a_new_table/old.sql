CREATE SCHEMA app;
CREATE TABLE app.event (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE app.few PARTITION OF app.event FOR VALUES IN (1, 2);
CREATE TABLE app.rest PARTITION OF app.event DEFAULT;
CREATE TABLE app.seen (event integer CONSTRAINT of_event REFERENCES app.event);
