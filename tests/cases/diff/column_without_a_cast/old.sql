create table events (at bigint, code uuid, amount money, note text);
