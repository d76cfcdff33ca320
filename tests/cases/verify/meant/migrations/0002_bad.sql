-- Up Migration
alter type mood add value 'bad';
-- Down Migration
-- quoin: nolint down-leaves: a label cannot be taken away
select 1;
