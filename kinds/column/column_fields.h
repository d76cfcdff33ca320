// The attributes of a column.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

struct ColumnFields : FieldTable {
  Field<Text> type{*this, "type", "data type", {.role = Role::type, .presence = Presence::filled}};
  Field<Text> collation{*this, "collation", "how texts sort, where not as the type says", {.role = Role::collation}};
  Field<Text> generated{*this,
                        "generated",
                        "computed from the row's other columns by this expression",
                        {.role = Role::expression, .heirs = Heirs::may_differ}};
  Field<Text> generated_kind{*this,
                             "generated_kind",
                             "stored, or virtual: computed when read (PostgreSQL 18)",
                             {.fallback = "stored", .words = "stored|virtual", .heirs = Heirs::may_differ}};
  Field<Text> storage{*this,
                      "storage",
                      "plain, external, extended or main, where not as the type says",
                      {.alter = set_storage, .words = "plain|external|extended|main"}};
  Field<Text> compression{*this,
                          "compression",
                          "pglz or lz4, where not the server's default",
                          {.alter = set_compression, .words = "pglz|lz4"}};
  Field<std::int64_t> statistics{*this,
                                 "statistics",
                                 "how much ANALYZE collects",
                                 {.fallback = -1, .alter = set_statistics, .heirs = Heirs::have_their_own}};
  Field<List> options{*this,
                      "options",
                      "n_distinct and its like: what the planner takes for granted",
                      {.role = Role::parameter, .heirs = Heirs::have_their_own}};
  Field<bool> of_type{
      *this, "of_type", "the composite type that its table is of gives it", {.counts = Counts::derived}};
  Field<bool> has_heirs{*this,
                        "has_heirs",
                        "heirs and partitions have it too, and ALTER TABLE changes it in them, unless it says ONLY",
                        {.counts = Counts::derived}};
  Field<bool> inherited{*this,
                        "inherited",
                        "is there by what its table inherits alone, not of its own besides",
                        {.counts = Counts::once}};

  // Up to 15 no definition may say it again.
  Field<bool> computed_alike{
      *this, "computed_alike", "its expression is that of the column it follows", {.counts = Counts::derived}};

 private:
  static Text set_storage(const Object& from, const Object& to);
  static Text set_compression(const Object& from, const Object& to);
  static Text set_statistics(const Object& from, const Object& to);
};
inline constexpr ColumnFields column_fields;
/// The expression as DEFAULT takes it in a column's definition: in parentheses where the grammar asks for them.
Text default_operand(std::string_view expression);

}  // namespace quoin
