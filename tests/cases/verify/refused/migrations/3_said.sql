-- quoin: no-transaction
BEGIN;
ALTER TABLE towns ADD COLUMN motto text;
COMMIT;
