// What may be granted on which objects: one table, for GRANT, for new objects and for ALTER DEFAULT PRIVILEGES.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// A sort of object, all of which have the same privileges (acl.h).
struct Sort {
  std::string_view nouns;        // in ALTER DEFAULT PRIVILEGES … ON: "TABLES"; empty: none there
  std::string_view object_type;  // libpg_query's word for that: "OBJECT_TABLE"
  List (*all)();                 // what ALL means: ACL_ALL_RIGHTS_… of 16 and older
  List (*everybodys)();          // what PUBLIC may do with a new one: acldefault() in acl.c
};
std::span<const Sort> sorts();
/// The index in sorts() of a new object's sort; no value: default privileges do not concern its kind.
std::optional<std::size_t> sort_of(const Kind& made);
/// On relations 17 and later know this one, which ALL means there too.
constexpr std::string_view maintain = "maintain";
/// What ALL means on a server of that major, in order. 0: on which server is not known; then it holds all that some
/// server has, and what is said of it must be true of servers that lack it as well (grant.h).
List all_privileges(const Sort&, int major);
/// The same for an object of the kind; none: nothing is granted on such an object.
List all_privileges(const Kind& of_object, int major);
/// What PUBLIC may do with a new object of the kind.
List everybodys_privileges(const Kind& of_object);
/// "TABLE public.t", as GRANT … ON has it; of a column its relation.
Text on_what(Id object);

}  // namespace quoin
