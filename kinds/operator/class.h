// The fields of operator classes, and how statements name the families that they lie in.
#pragma once
#include "core/model/reading.h"
#include "kinds/list.h"

namespace quoin {

inline constexpr struct OperatorClassFields : FieldTable {
  Field<Text> type{*this, "for", "the type that it sorts or finds", {.role = Role::type, .presence = Presence::filled}};
  Field<bool> is_default{*this, "default", "indexes on the type take it unasked"};
  Field<Text> family{*this, "family", "its operator family, where not that of its own name"};
  Field<List> members{*this,
                      "members",
                      "its operators and functions: OPERATOR 1 app.< (app.x, app.x)",
                      {.role = Role::family_member, .counts = Counts::in_any_order}};
  Field<Text> storage{*this, "storage", "the type that an index keeps, where not the column's", {.role = Role::type}};
} operator_class_fields;

/// The family that a statement names; null where there is none.
Id family_named(ast::Node names, std::string_view method, Reading&);

}  // namespace quoin
