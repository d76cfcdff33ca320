do $$
declare what text := 'a';
begin
  select current_user into what;
  execute format('create table %I (id int)', what);
end $$;
select * from a;
