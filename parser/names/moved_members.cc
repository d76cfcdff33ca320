#include "parser/names/moved_members.h"

#include <array>
#include <functional>

#include "core/model/space.h"
#include "parser/names/builtin_names.h"

namespace quoin {

namespace {
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || (c & 0x80) != 0; }
bool is_operator(char c) { return std::string_view("~!@#^&|`?+-*/%<>=").find(c) != Text::npos; }

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const bool has_escapes = quote == '\'' && begin > 0 && (text[begin - 1] == 'E' || text[begin - 1] == 'e');
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (has_escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 == text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return text.size();
}

/// Where the constant, identifier, number or operator at `begin` ends; any other character is one by itself.
std::size_t end_of_token(std::string_view text, std::size_t begin) {
  const char first = text[begin];
  if (first == '\'' || first == '"') return end_of_quoted(text, begin);
  std::size_t end = begin + 1;
  if (is_word(first))
    while (end < text.size() && is_word(text[end])) ++end;
  else if (is_operator(first))
    while (end < text.size() && is_operator(text[end])) ++end;
  return end;
}

/// One extension that goes from one schema to another.
struct Move {
  Text before, after;                               // "public.", as SQL spells them
  std::function<bool(const Text& name)> is_member;  // of what is called so in the old schema

  Text renamed(const Text& text) const {
    if (text.find(before) == Text::npos) return text;
    Text now;
    for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
      end = end_of_token(text, at);
      const bool is_first = at == 0 || text[at - 1] != '.';
      if (is_first && text.compare(at, before.size(), before) == 0 && end == at + before.size() - 1 &&
          end + 1 < text.size()) {
        const std::size_t last = end_of_token(text, end + 1);
        const Text name = text.substr(end + 1, last - end - 1);
        end = last;
        now.append(is_member(unquote_ident(name)) ? after : before).append(name);
      } else {
        now.append(text, at, end - at);
      }
    }
    return now;
  }
};

Move move_of(const Object& extension, const Text& home) {
  return {concat(quote_ident(schema_of_extension(extension)), "."), concat(quote_ident(home), "."), nullptr};
}

/// A name that no modelled object has may be a member's; follow_moved_extensions() keeps a rename only where both sides
/// agree after it.
std::vector<Move> moves_between(const Schema& from, const Schema& to) {
  std::vector<Move> moves;
  from.each_child(Id(), [&](const Object& extension) {
    const Object* after = extension.id->kind->members_schema ? to.find(extension.id) : nullptr;
    if (!after || schema_of_extension(extension) == schema_of_extension(*after)) return;
    std::unordered_set<Text> known;
    for (const auto& [schema, object] : {std::pair(&from, &extension), std::pair(&to, after)})
      schema->each([&, home = schema_of_extension(*object)](const Object& other) {
        if (other.id->parent && !other.id->parent->parent && other.id->parent->name == home)
          known.insert(other.id->name);
      });
    moves.push_back(move_of(extension, schema_of_extension(*after)));
    moves.back().is_member = [known = std::move(known)](const Text& name) { return !known.contains(name); };
  });
  return moves;
}

Text renamed(Text text, const std::vector<Move>& moves) {
  for (const Move& move : moves) text = move.renamed(text);
  return text;
}

Value renamed(const Value& value, const std::vector<Move>& moves) {
  if (const Text* text = std::get_if<Text>(&value)) return renamed(*text, moves);
  const List* items = std::get_if<List>(&value);
  if (!items) return value;
  List now;
  for (const Text& item : *items) now.push_back(renamed(item, moves));
  return now;
}

std::vector<std::pair<Id, Id>> other_signatures(const Schema& schema, const std::vector<Move>& moves) {
  std::vector<std::pair<Id, Id>> all;
  schema.each([&](const Object& object) {
    if (object.id->signature.empty()) return;
    Text now = renamed(object.id->signature, moves);
    if (now != object.id->signature)
      all.emplace_back(object.id,
                       schema.ids().of(*object.id->kind, object.id->parent, object.id->name, std::move(now)));
  });
  return all;
}

template <class IsWanted>
void rename_in_fields(Schema& schema, const std::vector<Move>& moves, IsWanted is_wanted) {
  schema.each([&](Object& object) {
    for (const FieldBase* field : object.id->kind->fields) {
      if (field->role == Role::body || object.value(*field).index() == 0) continue;
      Value now = renamed(object.value(*field), moves);
      if (now != object.value(*field) && is_wanted(object, *field, now)) object.put(*field, std::move(now));
    }
  });
}
}  // namespace

void follow_moved_extensions(Schema& from, const Schema& to) {
  const std::vector<Move> moves = moves_between(from, to);
  if (moves.empty()) return;
  for (const auto& [old, now] : other_signatures(from, moves))
    if (!to.find(old) && to.find(now) && !from.find(now)) from.rename(old, now);
  rename_in_fields(from, moves, [&](const Object& object, const FieldBase& field, const Value& now) {
    const Object* after = to.find(object.id);
    return after && after->value(field) == now;
  });
  from.all_changed();
}

void rename_members(Schema& schema, const Object& extension, const Text& new_schema) {
  std::vector<Move> moves{move_of(extension, new_schema)};
  moves.front().is_member = [of = extension.id->name](const Text& name) {
    using builtin::What;
    return std::ranges::any_of(std::array{What::type, What::routine, What::relation, What::operator_class},
                               [&](What what) { return builtin::extension_has(of, what, name); }) ||
           !builtin::operators_of(of, name).empty();
  };
  for (const auto& [old, now] : other_signatures(schema, moves))
    if (!schema.find(now)) schema.rename(old, now);
  rename_in_fields(schema, moves, [](const Object&, const FieldBase&, const Value&) { return true; });
  schema.all_changed();
}

}  // namespace quoin
