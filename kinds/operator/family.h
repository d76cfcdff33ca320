// The fields of operator families.
#pragma once
#include "kinds/list.h"

namespace quoin {

inline constexpr struct OperatorFamilyFields : FieldTable {
  Field<List> members{*this,
                      "members",
                      "operators and functions beside those of its classes: OPERATOR 1 app.< (app.x, app.y)",
                      {.role = Role::family_member, .counts = Counts::in_any_order}};
} operator_family_fields;

/// The access method of a family or class, quoted: "btree"; and the signature that says it: "(btree)".
std::string_view method_of(Id family_or_class);
Text signature_of_method(std::string_view name);

}  // namespace quoin
