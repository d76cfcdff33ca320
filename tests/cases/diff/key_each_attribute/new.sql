CREATE TABLE includes (a integer, b integer, CONSTRAINT includes_key PRIMARY KEY (a) INCLUDE (b),
  CONSTRAINT includes_b UNIQUE (b) INCLUDE (a));
CREATE TABLE defers (a integer CONSTRAINT defers_key PRIMARY KEY DEFERRABLE,
  b integer CONSTRAINT defers_b UNIQUE DEFERRABLE);
CREATE TABLE starts_deferred (a integer CONSTRAINT starts_key PRIMARY KEY DEFERRABLE INITIALLY DEFERRED,
  b integer CONSTRAINT starts_b UNIQUE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE fills (a integer CONSTRAINT fills_key PRIMARY KEY WITH (fillfactor = 70),
  b integer CONSTRAINT fills_b UNIQUE WITH (fillfactor = 80));
CREATE TABLE widened (a integer, b integer, CONSTRAINT widened_a UNIQUE (a, b));
CREATE TABLE nulls (a integer CONSTRAINT nulls_a UNIQUE NULLS NOT DISTINCT);
CREATE TABLE clusters (a integer CONSTRAINT clusters_a UNIQUE);
ALTER TABLE clusters CLUSTER ON clusters_a;
CREATE TABLE inherited_check (a integer CONSTRAINT positive CHECK (a > 0) NO INHERIT);
CREATE TABLE refers (a integer REFERENCES includes (a));
