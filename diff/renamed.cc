#include "diff/renamed.h"

namespace quoin {

namespace {
Text spelled_name(Id id) { return id->kind->is_column() ? address(id) : qualified(id); }

// The SQL of a carried attribute names the object: once in each statement, before any other text that could match.
void rename_in_carried(Object& object, Id old) {
  const Text before = spelled_name(old), after = spelled_name(object.id);
  for (Carried& one : object.carried) {
    List statements;
    for (std::size_t begin = 0; begin <= one.sql.size();) {
      const std::size_t end = std::min(one.sql.find(";\n", begin), one.sql.size());
      Text statement = one.sql.substr(begin, end - begin);
      if (const std::size_t at = statement.find(before); at != Text::npos) statement.replace(at, before.size(), after);
      statements.push_back(std::move(statement));
      begin = end + 2;
    }
    one.sql = join(statements, ";\n");
  }
}

using Moves = std::vector<std::pair<Object*, Id>>;  // and its name before; a routine's types may be renamed with it

void collect(Schema& schema, Id id, Moves& moves) {
  moves.emplace_back(schema.find(id), id);
  for (const Object* child : schema.children(id)) collect(schema, child->id, moves);
}
}  // namespace

bool is_of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; }

void rename_all(Schema& schema, Id old, Id now, const RenameInTexts& in_texts) {
  Moves moves;
  collect(schema, old, moves);
  for (const auto& [object, before] : moves)
    if (before->kind->reading.spell_out) before->kind->reading.spell_out(*object, schema);
  schema.rename(old, now);
  for (const auto& [object, before] : moves) rename_in_carried(*object, before);
  for (const auto& [object, before] : moves) schema.changed(object->id);
  if (in_texts) in_texts(schema, old, now);
}

void rename_constants(Schema& schema, const Renames::Part& part) {
  const Text type = concat("::", qualified(part.of));
  const Text before = concat(quote_literal(part.old_name), type), after = concat(quote_literal(part.new_name), type);
  const auto replace = [&](Text& text) {
    bool any = false;
    for (std::size_t at = text.find(before); at != Text::npos; at = text.find(before, at + after.size())) {
      text.replace(at, before.size(), after);
      any = true;
    }
    return any;
  };
  for (const Id user : schema.users(part.of)) {
    Object& object = *schema.find(user);
    for (const FieldBase* field : user->kind->fields) {
      Value value = object.value(*field);
      bool any = false;
      if (Text* text = std::get_if<Text>(&value)) any = replace(*text);
      if (List* list = std::get_if<List>(&value))
        for (Text& item : *list) any |= replace(item);
      if (any) object.put(*field, std::move(value));
    }
  }
}

namespace {
Text with_selection(Text text, const Text& before, const Text& after) {
  for (std::size_t at = text.find(before); at != Text::npos; at = text.find(before, at + after.size())) {
    const std::size_t end = at + before.size();
    if (end < text.size() && is_of_name(text[end]) && before.back() != '"') continue;
    text.replace(at, before.size(), after);
  }
  return text;
}

Value with_selection(const Value& value, const Text& before, const Text& after) {
  if (const Text* text = std::get_if<Text>(&value)) return with_selection(*text, before, after);
  const List* items = std::get_if<List>(&value);
  if (!items) return value;
  List all;
  for (const Text& item : *items) all.push_back(with_selection(item, before, after));
  return all;
}
}  // namespace

void follow_selections(Schema& schema, const Schema& other, const Renames& renames) {
  using Names = std::vector<std::pair<Text, Text>>;
  Names there, back;
  for (const Renames::Part& part : renames.parts) {
    const Text old = concat(").", quote_ident(part.old_name)), now = concat(").", quote_ident(part.new_name));
    there.emplace_back(old, now);
    back.emplace_back(now, old);
  }
  if (there.empty()) return;
  schema.each([&](Object& object) {
    const Object* same = other.find(object.id);
    for (const FieldBase* field : object.id->kind->fields) {
      if (!same || field->role == Role::body || object.value(*field) == same->value(*field)) continue;
      for (const Names* names : {&there, &back}) {
        Value renamed = object.value(*field);
        for (const auto& [before, after] : *names) renamed = with_selection(renamed, before, after);
        if (renamed == same->value(*field)) object.put(*field, std::move(renamed));
      }
    }
  });
}

bool rename_back(Schema& schema, const Renames& renames, const RenameInTexts& in_texts) {
  for (const Object& lost : renames.namespaces) schema.add(lost.id) = lost;
  for (auto it = renames.parts.rbegin(); it != renames.parts.rend(); ++it) {
    const auto& [id, old, now] = *it;
    Object* object = schema.find(id);
    if (!object || id->kind->sql.rename_part(*object, now, old).empty()) return false;
    schema.rename_part(id, now, old);
    rename_constants(schema, {id, now, old});
  }
  for (auto it = renames.done.rbegin(); it != renames.done.rend(); ++it) {
    const auto& [old, now] = *it;
    if (!schema.find(now) || schema.find(old)) return false;
    Object probe = *schema.find(now);
    probe.id = old;
    for (const Slot& slot : slots_of(probe))
      if (const Id holder = schema.holder(slot); holder && holder != now && holder->parent != now) return false;
    rename_all(schema, now, old, in_texts);
  }
  return true;
}

}  // namespace quoin
