#include "core/model/name.h"

#include "core/model/kind.h"
#include "core/model/space.h"

namespace quoin {

namespace {
constexpr struct : FieldTable {
} no_fields;
const Kind kinds[] = {{.name = space::schema, .key = "", .weight = 0, .fields = no_fields, .addressed = &by_name},
                      {.name = space::type, .key = "", .weight = 0, .fields = no_fields},
                      {.name = space::role, .key = "", .weight = 0, .fields = no_fields, .addressed = &by_name},
                      {.name = space::publication, .key = "", .weight = 0, .fields = no_fields, .addressed = &by_name},
                      {.name = space::relation, .key = "", .weight = 0, .fields = no_fields}};

const Kind* kind_of_names(std::string_view space) {
  const auto found = std::ranges::find(kinds, space, &Kind::name);
  return found == std::end(kinds) ? nullptr : &*found;
}

std::string_view without_dimensions(std::string_view type) {
  while (type.ends_with("[]")) type.remove_suffix(2);
  return type;
}

struct Qualified {
  Text schema, name;  // empty: it says no schema, and so is the server's own or not known
};
Qualified qualified_name(std::string_view type) {
  bool quoted = false;
  for (std::size_t at = 0; at < type.size(); ++at) {
    if (type[at] == '"') quoted = !quoted;
    if (!quoted && type[at] == '.') return {unquote_ident(type.substr(0, at)), unquote_ident(type.substr(at + 1))};
  }
  return {};
}

Text spelled(Id name) { return quote_qualified(name->parent ? name->parent->name : Text(), name->name); }

Text with_names(const Identity& old, const NewNames& names) {
  Text signature;
  for (const std::string_view type : types_of(old.signature)) {
    const std::string_view bare = without_dimensions(type);
    Text now(bare);
    for (const Id name : old.names)
      if (const auto found = names.find(name); found != names.end() && spelled(name) == bare)
        now = spelled(found->second);
    signature += concat(signature.empty() ? "(" : ", ", now, type.substr(bare.size()));
  }
  return concat(signature, ")");
}
}  // namespace

List name_parts(std::string_view sql) {
  List parts(1);
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '.') {
      parts.emplace_back();
    } else if (sql[i] != '"') {
      parts.back() += lower(sql.substr(i, 1));
    } else {
      for (++i; i < sql.size() && !(sql[i] == '"' && (i + 1 >= sql.size() || sql[i + 1] != '"')); ++i) {
        if (sql[i] == '"') ++i;
        parts.back() += sql[i];
      }
    }
  }
  return parts;
}

/// The texts between commas that stand in no quotes.
std::vector<std::string_view> types_of(std::string_view signature) {
  std::vector<std::string_view> all;
  if (signature.size() < 3) return all;
  std::size_t begin = 1;
  bool quoted = false;
  for (std::size_t at = 1; at < signature.size(); ++at) {
    if (signature[at] == '"') quoted = !quoted;
    if (quoted || (signature[at] != ',' && at + 1 != signature.size())) continue;
    all.push_back(signature.substr(begin, at - begin));
    begin = at + 2;
  }
  return all;
}

bool is_name(Id id) { return id && id->kind >= std::begin(kinds) && id->kind < std::end(kinds); }

Id name_id(Ids& ids, const Slot& slot) {
  const Kind* kind = kind_of_names(slot.space);
  if (!kind) return {};
  const Id scope = slot.scope ? name_id(ids, {space::schema, Id(), slot.scope->name, {}}) : Id();
  return ids.of(*kind, scope, slot.name);
}

Id find_name_id(const Ids& ids, const Slot& slot) {
  const Kind* kind = kind_of_names(slot.space);
  if (!kind) return {};
  const Id scope = slot.scope ? ids.find(*kind_of_names(space::schema), Id(), slot.scope->name) : Id();
  return slot.scope && !scope ? Id() : ids.find(*kind, scope, slot.name);
}

std::vector<Id> names_in(Ids& ids, const Kind& kind, std::string_view name, std::string_view signature) {
  std::vector<Id> all;
  if (!kind.named_after.empty()) all.push_back(name_id(ids, {kind.named_after, Id(), Text(name), {}}));
  for (const std::string_view type : types_of(signature)) {
    const Qualified parts = qualified_name(without_dimensions(type));
    if (parts.schema.empty()) continue;
    const Id schema = name_id(ids, {space::schema, Id(), parts.schema, {}});
    all.push_back(ids.of(*kind_of_names(space::type), schema, parts.name));
  }
  return all;
}

Id with_names(Ids& ids, Id id, const NewNames& names) {
  const Identity& old = *id.identity;
  Text name = old.name;
  if (!old.kind->named_after.empty())
    if (const auto found = names.find(old.names.front()); found != names.end()) name = found->second->name;
  return ids.of(*old.kind, old.parent, std::move(name), old.signature.empty() ? Text() : with_names(old, names));
}

}  // namespace quoin
