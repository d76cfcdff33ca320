-- Up Migration
ALTER TABLE packages VALIDATE CONSTRAINT named;

-- Down Migration
SELECT 1;
