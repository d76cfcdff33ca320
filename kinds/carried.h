// Columns of catalog queries for what is carried: owner and grants.
#pragma once
#include "base/text.h"

namespace quoin {

/// How GRANT and ALTER … OWNER spell a kind of object, and where the catalog has its owner and its access list.
struct Access {
  std::string_view noun;         // "TABLE", "FUNCTION"; may be an SQL expression in parentheses
  std::string_view name;         // SQL expression of the quoted name, as "format('%I.%I', n.nspname, c.relname)"
  std::string_view owner;        // column: "c.relowner"
  std::string_view list;         // column: "c.relacl"; empty: has none
  std::string_view acl_default;  // acldefault()'s letter: "r"
};
/// `, … as "~owner", … as "~grants"`: null where a new object of the session's user would have the same.
Text access_columns(const Access&);
/// The owner alone, for kinds whose GRANT has another noun than their ALTER.
Text owner_column(const Access&);
Text grants_column(const Access&);

}  // namespace quoin
