#include "kinds/carried.h"

namespace quoin {

namespace {
Text as_sql(std::string_view noun) { return noun.starts_with('(') ? Text(noun) : concat("'", noun, "'"); }
}  // namespace

Text owner_column(const Ownership& a) {
  return concat(", case when ", a.owner,
                " <> (select u.oid from pg_catalog.pg_roles u where u.rolname = current_user) then "
                "pg_catalog.format('ALTER %s %s OWNER TO %I', ",
                as_sql(a.noun), ", ", a.name, ", pg_catalog.pg_get_userbyid(", a.owner, ")) end as \"~owner\"");
}

Text owner_of(const Object& object, const Schema& schema) {
  constexpr std::string_view before = " OWNER TO ";
  for (const Carried& one : object.carried)
    if (const std::size_t at = one.what == "owner" ? one.sql.rfind(before) : Text::npos; at != Text::npos)
      return unquote_ident(std::string_view(one.sql).substr(at + before.size()));
  return schema.made_by;
}

}  // namespace quoin
