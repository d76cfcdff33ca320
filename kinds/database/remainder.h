// What the catalogs of a database hold, whichever kind reads it. What no kind claims is the remainder: objects of the
// kind `other object`.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// SELECT of all objects that users have made, by class, oid, parent_class and parent_oid (0: top level): a row each,
/// of every catalog that has such. Parts are left out: of what is made of several rows, as a type with its array, the
/// others; and attributes, defaults, constraints, triggers and indexes, which are of a relation or type. Schemas are
/// left out too: one that is not read is not to be read.
Text all_objects_query(int server_version);

/// An object of all_objects_query().
struct Listed {
  std::uint64_t catalog, oid, parent_catalog, parent_oid;
};
/// A query as KindReading::catalog is one, for the kind `other object`: the names of these, relations first.
Text naming_query(const std::vector<Listed>&);

/// The catalogs of all_objects_query().
List listed_catalogs();

}  // namespace quoin
