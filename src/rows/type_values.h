// Values of any type that tables use, as the server itself writes them.
#pragma once
#include <map>

#include "rows/attempt.h"
#include "rows/literals.h"

namespace quoin::rows {

/// How a column or an attribute says its type.
struct TypeUse {
  Text oid;
  Text spelled;  // "public.mood", "numeric(10,2)[]"
};

/// Knows the types of some tables, and what those are made of.
class TypeValues {
 public:
  /// Reads the types from the catalog. `tables`: oids. Connection and Attempt must outlive it.
  TypeValues(postgres::Connection&, Attempt&, const List& tables);

  /// Different values that the type accepts; empty: none are known.
  const Pool& of(const TypeUse&);
  /// Those of the texts that the type accepts, as it writes them.
  List taken(const List& texts, const Text& spelled);

 private:
  struct Type {
    Text kind, category, name, spelled, element, base, base_spelled;
    List checks, labels, attribute_types, attribute_spellings;
  };
  Pool candidates(const Type&, const TypeUse&);
  Pool of_domain(const Type&);
  Pool of_composite(const Type&);
  Pool of_array(const Type&, const TypeUse&);
  Pool of_range(const Type&);

  Attempt& attempt_;
  std::map<Text, Type> types_;  // by oid
  std::map<Text, Pool> pools_;  // by how they are spelled
};

}  // namespace quoin::rows
