-- Up Migration
drop table more;
-- Down Migration
do $$ begin
  raise 'this cannot be undone';
end $$;
