// Grants as the catalog has them.
#include "kinds/access/grant.h"

namespace quoin {

// Every access list beside what a new object of the same owner would have, by role. Schema public has one from initdb
// on, of which what everybody may do stays when the owner is another. A role may have a privilege from several others.
namespace {
Text access_lists(int server_version) {
  // One that was made anew has none from initdb.
  const std::string_view everybodys = server_version >= 150000 ? "'USAGE'" : "'USAGE'), ('CREATE'";
  return concat(R"(
with lists as (
  select 1259 as class, c.oid, 0 as sub, c.relowner as owner, c.relacl as acl,
    pg_catalog.acldefault(case c.relkind when 'S' then 's'::"char" else 'r'::"char" end, c.relowner) as initial
  from pg_catalog.pg_class c where c.relacl is not null and (c.relkind in ('v', 'm', 'S') or )",
                users_table("c"), R"()
    and not (c.relkind = 'S' and exists (select from pg_catalog.pg_depend i
      where i.classid = 1259 and i.objid = c.oid and i.refclassid = 1259 and i.deptype = 'i'))
  union all
  select 1259, a.attrelid, a.attnum, c.relowner, a.attacl, null::aclitem[]
  from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
  where a.attacl is not null and not a.attisdropped and )",
                users_table("c"), R"(
  union all
  select 2615, n.oid, 0, n.nspowner, coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)),
    pg_catalog.acldefault('n', n.nspowner) || case n.nspname when 'public' then coalesce((
      select pg_catalog.array_agg(pg_catalog.makeaclitem(0, n.nspowner, e.privilege_type, false))
      from pg_catalog.pg_init_privs i cross join lateral pg_catalog.aclexplode(i.initprivs) e
      where i.objoid = n.oid and i.classoid = 2615 and e.grantee = 0), (
      select pg_catalog.array_agg(pg_catalog.makeaclitem(0, n.nspowner, e.privilege, false))
      from (values ()",
                everybodys, R"()) e (privilege))) end
  from pg_catalog.pg_namespace n where n.nspacl is not null or n.nspname = 'public'
  union all
  select 1255, p.oid, 0, p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
  from pg_catalog.pg_proc p where p.proacl is not null and p.oid >= 16384
  union all
  select 1247, t.oid, 0, t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
  from pg_catalog.pg_type t where t.typacl is not null and t.oid >= 16384
  union all
  select 2328, w.oid, 0, w.fdwowner, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
  from pg_catalog.pg_foreign_data_wrapper w where w.fdwacl is not null
  union all
  select 2612, l.oid, 0, l.lanowner, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
  from pg_catalog.pg_language l where l.lanacl is not null and l.oid >= 16384
  union all
  select 1417, s.oid, 0, s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
  from pg_catalog.pg_foreign_server s where s.srvacl is not null
)");
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
