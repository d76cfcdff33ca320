// What publications and what lies in them share.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// A table in a publication. It lies below the table and bears the publication's name.
struct PublishedTableFields : FieldTable {
  Field<List> columns{*this,
                      "columns",
                      "those published; none: all",
                      {.role = Role::column, .counts = Counts::in_any_order, .since = 15}};
  Field<Text> where{*this, "where", "which rows are published", {.role = Role::expression, .since = 15}};
};
inline constexpr PublishedTableFields published_table_fields;

/// The publication that something lies in, as far as its needs tell.
Id publication_of(const Object& published);
/// Adds it to the needs.
void need_publication(Object& published, Schema&);
/// "ALTER PUBLICATION news ", of what lies in it.
Text alter_publication(Id published);

}  // namespace quoin
