-- Up Migration
alter type mood add value 'worse';
-- Down Migration
select 1;
