// What may be granted on which objects. Each kind says its own (Kind::rights); here is what they say it with.
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
extern const Sort sort_of_tables, sort_of_sequences, sort_of_functions, sort_of_types, sort_of_schemas,
    sort_of_large_objects, sort_of_columns, sort_of_languages, sort_of_foreign_servers;
/// Those that ALTER DEFAULT PRIVILEGES has, in the order of its statements.
std::span<const Sort* const> sorts();

/// What may be granted on the objects of a kind (Kind::rights).
struct Rights {
  std::string_view granted_on;  // GRANT's word: "FOREIGN SERVER"
  const Sort* sort;
  /// SELECT of what has rights in a catalog: class, oid, sub, owner, acl, and the acl of a new one. Kinds whose objects
  /// lie in one catalog give the same text, or one alone of them gives it.
  Text (*access_lists)(int server_version) = nullptr;
};
/// The columns of a catalog that has an owner and an acl in each row; `letter` is acldefault()'s for it.
struct AccessColumns {
  std::string_view number, catalog, owner, acl, letter;
};
/// Rights::access_lists of what users have made there.
Text access_lists_of(const AccessColumns&);

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
