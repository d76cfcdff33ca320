CREATE TABLE elements (a int4range, b int4range, CONSTRAINT elements_apart EXCLUDE USING gist (a WITH &&));
CREATE TABLE methods (a integer, CONSTRAINT methods_apart EXCLUDE USING btree (a WITH =));
CREATE TABLE includes (a int4range, b integer, CONSTRAINT includes_apart EXCLUDE USING gist (a WITH &&));
CREATE TABLE filtered (a int4range, b integer, CONSTRAINT filtered_apart EXCLUDE USING gist (a WITH &&));
CREATE TABLE defers (a int4range, CONSTRAINT defers_apart EXCLUDE USING gist (a WITH &&));
CREATE TABLE starts_deferred (a int4range, CONSTRAINT starts_deferred_apart EXCLUDE USING gist (a WITH &&) DEFERRABLE);
CREATE TABLE fills (a int4range, CONSTRAINT fills_apart EXCLUDE USING gist (a WITH &&));
