-- Up Migration
SELECT 1;
-- Down Migration
DROP INDEX x;
COMMIT;
