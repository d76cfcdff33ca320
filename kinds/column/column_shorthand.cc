// A column in one line, as YAML has it: "bigint not null default 0".
#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"

namespace quoin {

namespace {
Text lower_outside_quotes(std::string_view sql) {
  Text out;
  char quote = 0;
  for (char c : sql) {
    if (quote ? c == quote : c == '\'' || c == '"') quote = quote ? char(0) : c;
    out += !quote && c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  }
  return out;
}

bool has_nothing_but(const Object& object, std::string_view main) {
  return std::ranges::all_of(object.id->kind->fields, [&](const FieldBase* field) {
    return field->name == main || field->counts == Counts::derived || !object.has(*field);
  });
}

// The words of one clause; empty where they cannot say all of it.
Text clause(const Object& child) {
  const Kind& kind = *child.id->kind;
  if (&kind == &not_null_kind) return has_nothing_but(child, "") ? "not null" : "";
  if (&kind == &default_kind) {
    const std::string_view value = std::get<Text>(child.value(*kind.fields.find("expression")));
    const bool is_none = value == "NULL";  // which a shorthand takes for nothing said
    return !is_none && value.find('\n') == value.npos ? concat("default ", default_operand(value)) : Text();
  }
  for (const std::string_view beside : {"persistence", "sequence_type"})
    if (const FieldBase* own = kind.fields.find(beside); own && child.has(*own)) return {};
  return &kind == &identity_kind ? lower_outside_quotes(kind.sql.create(child).front().sql) : Text();
}
}  // namespace

Text column_statement(Id column, std::string_view shorthand) {
  return alter_table(column->parent, concat("ADD COLUMN ", quote_ident(column->name), " ", shorthand));
}

Text column_shorthand(const Object& column, std::span<const Object* const> children) {
  const ColumnFields& fields = column_fields;
  for (const FieldBase* field : std::initializer_list<const FieldBase*>{
           &fields.storage, &fields.statistics, &fields.compression, &fields.inherited, &fields.options})
    if (column.has(*field)) return {};
  Text words(column[fields.type]);
  if (column.has(fields.collation)) words += concat(" collate ", column[fields.collation]);
  if (column.has(fields.generated))
    words += concat(" generated always as (", column[fields.generated], ") ", column[fields.generated_kind]);
  bool identity = false;
  Text last;
  for (const Object* child : children) identity |= child->id->kind == &identity_kind;
  for (const Object* child : children) {
    const Text said = clause(*child);
    if (said.empty()) return {};
    if (identity && child->id->kind == &not_null_kind) continue;  // an identity is not null anyway
    (child->id->kind == &not_null_kind ? words : last) += " " + said;
  }
  return words + last;
}

}  // namespace quoin
