// What publications and what lies in them share.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// A table in a publication. The object's parent is the table, and its name is the publication's.
struct PublishedTableFields : FieldTable {
  Field<List> columns{*this,
                      "columns",
                      "those published; none: all",
                      {.role = Role::column, .counts = Counts::in_any_order, .since = 15}};
  Field<Text> where{*this, "where", "which rows are published", {.role = Role::expression, .since = 15}};
};
inline constexpr PublishedTableFields published_table_fields;

/// The publication that a published table or schema belongs to, as far as its needs tell.
Id publication_of(const Object& published);
/// Adds the publication to the needs.
void need_publication(Object& published, Schema&);
/// "ALTER PUBLICATION news ", which begins the statements about a published table or schema.
Text alter_publication(Id published);

}  // namespace quoin
