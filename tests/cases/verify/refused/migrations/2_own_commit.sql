ALTER TABLE towns ADD COLUMN mayor text;
COMMIT;
CREATE INDEX ON towns (region);
