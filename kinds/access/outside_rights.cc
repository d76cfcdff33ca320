// Rights on what lies outside a schema as quoin sees it, on members of extensions and on what initdb has made: objects
// of the kind `other object`, so that they are told.
#include "kinds/access/outside_rights.h"

namespace quoin {
namespace {
// Access lists that are there, beside what they would be without pg_init_privs. What information_schema has, everybody
// may read, and initdb says so after it has filled pg_init_privs.
constexpr std::string_view lists = R"(
  select 1259 as class, c.oid, 0 as sub, c.relacl as acl,
    pg_catalog.acldefault(case c.relkind when 'S' then 's'::"char" else 'r'::"char" end, c.relowner)
      || case when n.nspname = 'information_schema' then pg_catalog.makeaclitem(0, c.relowner, 'SELECT', false) end as made
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relacl is not null
  union all select 1259, a.attrelid, a.attnum, a.attacl, '{}' from pg_catalog.pg_attribute a where a.attacl is not null
  union all select 1255, p.oid, 0, p.proacl, pg_catalog.acldefault('f', p.proowner)
  from pg_catalog.pg_proc p where p.proacl is not null
  union all select 1247, t.oid, 0, t.typacl, pg_catalog.acldefault('T', t.typowner)
  from pg_catalog.pg_type t where t.typacl is not null
  union all select 2612, l.oid, 0, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
  from pg_catalog.pg_language l where l.lanacl is not null
  union all select 2615, n.oid, 0, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
      || case when n.nspname = 'information_schema' then pg_catalog.makeaclitem(0, n.nspowner, 'USAGE', false) end
  from pg_catalog.pg_namespace n where n.nspacl is not null and n.nspname <> 'public'
  union all select 2328, w.oid, 0, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
  from pg_catalog.pg_foreign_data_wrapper w where w.fdwacl is not null
  union all select 1417, s.oid, 0, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
  from pg_catalog.pg_foreign_server s where s.srvacl is not null)";
}  // namespace

Text outside_rights() {
  return concat(R"(
select 'rights on ' || pg_catalog.pg_describe_object(l.class::oid, l.oid, l.sub) as name, 'rights' as what
from ()",
                lists, R"() l
left join pg_catalog.pg_depend d on d.classid = l.class::oid and d.objid = l.oid and d.deptype = 'e'
    and d.refclassid = 3079
left join pg_catalog.pg_init_privs i on i.classoid = l.class::oid and i.objoid = l.oid and i.objsubid = l.sub
where (l.oid < 16384 or d.objid is not null)
  and array(select a::text from pg_catalog.unnest(l.acl) a order by 1)
    is distinct from array(select a::text from pg_catalog.unnest(coalesce(i.initprivs, l.made)) a order by 1)
union all
select pg_catalog.format('owner of language %I, which initdb has made', l.lanname), 'owner'
from pg_catalog.pg_language l where l.oid < 16384 and l.lanowner <> 10)");
}

}  // namespace quoin
