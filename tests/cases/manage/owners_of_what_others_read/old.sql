CREATE TABLE spring (id integer, flow integer);
CREATE VIEW springs AS SELECT id, flow FROM spring;
CREATE MATERIALIZED VIEW strong AS SELECT id FROM springs WHERE flow > 9;
ALTER VIEW springs OWNER TO app;
ALTER MATERIALIZED VIEW strong OWNER TO app;
