// Grants as the catalog has them.
#include "kinds/access/grant.h"

namespace quoin {

// Every access list beside what a new object of the same owner would have, by role. A role may have a privilege from
// several others.
namespace {
Text access_lists(int server_version) {
  std::vector<Text (*)(int)> known;
  List all;
  for (const Kind* kind : all_kinds()) {
    const auto lists = kind->rights ? kind->rights->access_lists : nullptr;
    if (!lists || std::ranges::count(known, lists) > 0) continue;
    known.push_back(lists);
    all.push_back(lists(server_version));
  }
  return concat("\nwith lists (class, oid, sub, owner, acl, initial) as (", join(all, "\n  union all "), "\n");
}
}  // namespace

Text grant_catalog(int server_version) {
  return concat(access_lists(server_version), R"(), rights as (
  select l.class, l.oid, l.sub, l.owner, s.side, e.grantee, e.grantor, pg_catalog.lower(e.privilege_type) as privilege,
    e.is_grantable
  from lists l
  cross join lateral (values ('now', l.acl), ('initial', l.initial)) s (side, acl)
  cross join lateral pg_catalog.aclexplode(s.acl) e
), words as (
  select r.class, r.oid, r.sub, r.owner, r.grantee, r.side,
    pg_catalog.array_agg(r.privilege || case when r.grantable then ' with grant option' else '' end
      order by r.privilege) as privileges
  from (select class, oid, sub, owner, grantee, side, privilege, pg_catalog.bool_or(is_grantable) as grantable
    from rights group by 1, 2, 3, 4, 5, 6, 7) r
  group by 1, 2, 3, 4, 5, 6
), sides as (
  select w.class, w.oid, w.sub, w.owner, w.grantee,
    pg_catalog.max(w.privileges) filter (where w.side = 'now') as privileges,
    pg_catalog.max(w.privileges) filter (where w.side = 'initial') as initial
  from words w group by 1, 2, 3, 4, 5
), givers as (
  select r.class, r.oid, r.sub, r.grantee, pg_catalog.array_agg(distinct g.rolname order by g.rolname) as grantors
  from rights r join pg_catalog.pg_roles g on g.oid = r.grantor
  where r.side = 'now' and r.grantor <> r.owner group by 1, 2, 3, 4
)
select 0 as class, 0 as oid, 0 as sub, k.class as parent_class, k.oid as parent_oid, k.sub as parent_sub,
  case when k.grantee = 0 then 'public' when k.grantee = k.owner and u.rolname = current_user then 'current_user' else )",
                role_called_sql("u.rolname"), R"( end as name,
  k.privileges as privileges, k.initial as initial, g.grantors as grantors
from sides k
left join pg_catalog.pg_roles u on u.oid = k.grantee
left join givers g on g.class = k.class and g.oid = k.oid and g.sub = k.sub and g.grantee = k.grantee
where k.privileges is distinct from k.initial and (k.grantee = 0 or u.oid is not null)
order by k.sub)");
}

}  // namespace quoin
