#include "kinds/carried.h"

namespace quoin {

namespace {
Text as_sql(std::string_view noun) { return noun.starts_with('(') ? Text(noun) : concat("'", noun, "'"); }
}  // namespace

Text owner_column(const Access& a) {
  return concat(", case when ", a.owner,
                " <> (select u.oid from pg_catalog.pg_roles u where u.rolname = current_user) then "
                "pg_catalog.format('ALTER %s %s OWNER TO %I', ",
                as_sql(a.noun), ", ", a.name, ", pg_catalog.pg_get_userbyid(", a.owner, ")) end as \"~owner\"");
}

Text grants_column(const Access& a) {
  const Text target = concat(as_sql(a.noun), ", ", a.name);
  return concat(
      ", case when ", a.list, " is not null and ", a.list, " <> pg_catalog.acldefault('", a.acl_default, "', ", a.owner,
      ") then pg_catalog.format('REVOKE ALL ON %s %s FROM PUBLIC, %I', ", target, ", pg_catalog.pg_get_userbyid(",
      a.owner,
      ")) || coalesce((select pg_catalog.string_agg(pg_catalog.format(';' || chr(10) || 'GRANT %s ON %s %s TO %s%s', "
      "g.privileges, ",
      target,
      ", case g.grantee when 0 then 'PUBLIC' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) end, "
      "case when g.is_grantable then ' WITH GRANT OPTION' else '' end), '' order by "
      "g.grantee, g.is_grantable) from (select e.grantee, e.is_grantable, pg_catalog.string_agg(e.privilege_type, ', ' "
      "order by e.privilege_type) as privileges from pg_catalog.aclexplode(",
      a.list, ") e group by e.grantee, e.is_grantable) g), '') end as \"~grants\"");
}

Text access_columns(const Access& a) { return owner_column(a) + grants_column(a); }

}  // namespace quoin
