// The one list of kinds, ordered by weight. To add a kind: a file, and a line here.
#pragma once
#include "core/model/kind.h"

#define QUOIN_KINDS                     \
  QUOIN_KIND(schema)                    \
  QUOIN_KIND(extension)                 \
  QUOIN_KIND(collation)                 \
  QUOIN_KIND(enum)                      \
  QUOIN_KIND(domain)                    \
  QUOIN_KIND(domain_check)              \
  QUOIN_KIND(composite)                 \
  QUOIN_KIND(range)                     \
  QUOIN_KIND(sequence)                  \
  QUOIN_KIND(text_search_parser)        \
  QUOIN_KIND(text_search_template)      \
  QUOIN_KIND(text_search_dictionary)    \
  QUOIN_KIND(text_search_configuration) \
  QUOIN_KIND(access_method)             \
  QUOIN_KIND(table)                     \
  QUOIN_KIND(foreign_table)             \
  QUOIN_KIND(column)                    \
  QUOIN_KIND(column_options)            \
  QUOIN_KIND(identity)                  \
  QUOIN_KIND(default)                   \
  QUOIN_KIND(not_null)                  \
  QUOIN_KIND(primary_key)               \
  QUOIN_KIND(unique)                    \
  QUOIN_KIND(check)                     \
  QUOIN_KIND(exclusion)                 \
  QUOIN_KIND(function)                  \
  QUOIN_KIND(base_type)                 \
  QUOIN_KIND(procedure)                 \
  QUOIN_KIND(language)                  \
  QUOIN_KIND(operator)                  \
  QUOIN_KIND(operator_family)           \
  QUOIN_KIND(operator_class)            \
  QUOIN_KIND(aggregate)                 \
  QUOIN_KIND(cast)                      \
  QUOIN_KIND(transform)                 \
  QUOIN_KIND(conversion)                \
  QUOIN_KIND(view)                      \
  QUOIN_KIND(column_default)            \
  QUOIN_KIND(materialized_view)         \
  QUOIN_KIND(index)                     \
  QUOIN_KIND(statistics)                \
  QUOIN_KIND(foreign_key)               \
  QUOIN_KIND(foreign_data_wrapper)      \
  QUOIN_KIND(server)                    \
  QUOIN_KIND(user_mapping)              \
  QUOIN_KIND(trigger)                   \
  QUOIN_KIND(trigger_state)             \
  QUOIN_KIND(rule)                      \
  QUOIN_KIND(policy)                    \
  QUOIN_KIND(publication)               \
  QUOIN_KIND(published_table)           \
  QUOIN_KIND(published_schema)          \
  QUOIN_KIND(subscription)              \
  QUOIN_KIND(event_trigger)             \
  QUOIN_KIND(owner)                     \
  QUOIN_KIND(grant)                     \
  QUOIN_KIND(extension_dependency)      \
  QUOIN_KIND(default_privileges_in_all) \
  QUOIN_KIND(default_privileges)        \
  QUOIN_KIND(opaque)                    \
  QUOIN_KIND(comment)                   \
  QUOIN_KIND(column_comment)

namespace quoin {
#define QUOIN_KIND(name) extern const Kind name##_kind;
QUOIN_KINDS
#undef QUOIN_KIND

/// All of them, ordered by weight.
std::span<const Kind* const> all_kinds();
const Kind* kind_named(std::string_view name);  // null where there is none

/// A type of object as statements name it, in DROP or COMMENT ON.
struct ObjectType {
  std::string_view type;   // libpg_query's: "OBJECT_MATVIEW"
  std::string_view space;  // where its names are looked for (core/model/space.h)
  const Addressing* addressed;
};
/// The row of an object type. Of kinds that share one (OBJECT_TABCONSTRAINT), what they have in common. Null where no
/// kind has it.
const ObjectType* modelled_type(std::string_view object_type);
/// The same; for a type that no kind models, its row in types_without_kind() (kinds/database/opaque.h); null for
/// others.
const ObjectType* object_type(std::string_view object_type);

}  // namespace quoin
