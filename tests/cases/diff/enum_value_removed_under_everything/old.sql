create type stage as enum ('new', 'open', 'held', 'done');
create type stage_old as enum ('x');
create domain live as stage default 'new' check (value <> 'done');
create type move as (at date, into_stage stage);
create function weight(s stage, t stage default 'open') returns integer language sql immutable
  as $$ select case s when 'open' then 2 else 1 end $$;
create table ticket (
  id integer primary key,
  stage stage not null default 'new',
  past stage[],
  now live,
  moves move[],
  legacy stage_old,
  is_open boolean generated always as (stage = 'open' or weight(stage) > 1) stored,
  constraint ticket_done check (stage <> 'done' or id > 0),
  exclude using btree (id with =) where (stage = 'new')
);
comment on column ticket.is_open is 'still to do';
create index ticket_open_idx on ticket (id) where stage in ('open', 'new');
alter table ticket enable row level security;
create policy seen on ticket using (stage <> 'new');
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger ticket_done before update of stage on ticket for each row when (new.stage = 'done')
  execute function touch();
create materialized view open_tickets as select id, weight(stage) as w from ticket where stage = 'open';
