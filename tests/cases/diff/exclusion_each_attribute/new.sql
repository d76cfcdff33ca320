CREATE TABLE elements (a int4range, b int4range, CONSTRAINT elements_apart EXCLUDE USING gist (a WITH &&, b WITH &&));
CREATE TABLE methods (a integer, CONSTRAINT methods_apart EXCLUDE USING hash (a WITH =));
CREATE TABLE includes (a int4range, b integer, CONSTRAINT includes_apart EXCLUDE USING gist (a WITH &&) INCLUDE (b));
CREATE TABLE filtered (a int4range, b integer, CONSTRAINT filtered_apart EXCLUDE USING gist (a WITH &&) WHERE (b > 0));
CREATE TABLE defers (a int4range, CONSTRAINT defers_apart EXCLUDE USING gist (a WITH &&) DEFERRABLE);
CREATE TABLE starts_deferred (a int4range,
  CONSTRAINT starts_deferred_apart EXCLUDE USING gist (a WITH &&) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE fills (a int4range, CONSTRAINT fills_apart EXCLUDE USING gist (a WITH &&) WITH (fillfactor = 60));
