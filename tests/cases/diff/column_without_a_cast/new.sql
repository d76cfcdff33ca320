create table events (at timestamp, code integer, amount numeric, note integer);
