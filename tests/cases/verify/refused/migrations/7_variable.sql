ALTER TABLE ${schema}.towns ADD COLUMN a text;
