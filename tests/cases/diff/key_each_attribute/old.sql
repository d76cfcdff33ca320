CREATE TABLE includes (a integer CONSTRAINT includes_key PRIMARY KEY, b integer CONSTRAINT includes_b UNIQUE);
CREATE TABLE defers (a integer CONSTRAINT defers_key PRIMARY KEY, b integer CONSTRAINT defers_b UNIQUE);
CREATE TABLE starts_deferred (a integer CONSTRAINT starts_key PRIMARY KEY DEFERRABLE,
  b integer CONSTRAINT starts_b UNIQUE DEFERRABLE);
CREATE TABLE fills (a integer CONSTRAINT fills_key PRIMARY KEY, b integer CONSTRAINT fills_b UNIQUE);
CREATE TABLE widened (a integer, b integer, CONSTRAINT widened_a UNIQUE (a));
CREATE TABLE nulls (a integer CONSTRAINT nulls_a UNIQUE);
CREATE TABLE clusters (a integer CONSTRAINT clusters_a UNIQUE);
CREATE TABLE inherited_check (a integer CONSTRAINT positive CHECK (a > 0));
CREATE TABLE refers (a integer REFERENCES includes (a));
