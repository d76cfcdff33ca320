#include "project/provenance.h"

#include <set>

#include "core/model/kind.h"
#include "core/model/member.h"
#include "core/model/name.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/database/template.h"
#include "project/assumed.h"

namespace quoin {

namespace {
bool lies_in(Id id, Id above) {
  for (; id; id = id->parent)
    if (id == above) return true;
  return false;
}

Text part_of(Id id, Id above) {
  const Text whole = path(id), prefix = concat(qualified(above), ".");
  const std::size_t at = whole.find(prefix);
  return at == Text::npos ? whole : concat(whole.substr(0, at), whole.substr(at + prefix.size()));
}

// The ways in which people name an object: with and without schema, signature and kind.
bool is_called(Id id, const Text& wanted) {
  if (!id->kind->has_name() || id->name.empty()) return path(id) == wanted;  // "default of column public.users.email"
  const Text whole = id->kind->is_column() ? address(id) : qualified(id), signed_name = concat(whole, id->signature);
  for (const Text& name : {whole, signed_name, path(id)})
    if (name == wanted || name.ends_with(concat(".", wanted))) return true;
  const Text own = concat(id->name, id->signature);
  for (const Text& name : {id->name, own})
    if (name == wanted || concat(id->kind->name, " ", name) == wanted) return true;
  return false;
}

/// "f(int)" as the catalog has it: "f(integer)".
Text with_settled_types(const Text& wanted) {
  const std::size_t open = wanted.find('(');
  if (open == Text::npos || !wanted.ends_with(')')) return wanted;
  List types;
  try {
    for (const std::string_view type : types_of(std::string_view(wanted).substr(open)))
      types.push_back(ast::print_type(ast::Tree::parse_type(type).root()));
  } catch (const Error&) { return wanted; }  // no types: then it is a name as it stands
  return concat(wanted.substr(0, open), "(", join(types, ", "), ")");
}

std::set<Id> all_known(const Schema& schema, const Verified& verified) {
  std::set<Id> all;
  schema.each([&](const Object& object) {
    if (!in_template(object.id)) all.insert(object.id);
  });
  for (const ReplayedStatement& statement : verified.statements) {
    all.insert(statement.effects.makes.begin(), statement.effects.makes.end());
    for (const auto& [from, to] : statement.effects.renames) all.insert(from);
  }
  return all;
}

// Of several, those that are there; of these, those that stand highest: a table before its columns.
std::vector<Id> most_likely(std::vector<Id> found, const Schema& schema) {
  const auto keep = [&](const auto& is_better) {
    if (std::ranges::any_of(found, is_better)) std::erase_if(found, [&](Id id) { return !is_better(id); });
  };
  keep([&](Id id) { return schema.find(id) != nullptr; });
  keep([](Id id) { return id->kind->has(has_section); });
  keep([](Id id) { return id->kind->is_column(); });
  return found;
}

/// What has a part of that name which is no object of its own: a column of a view, an attribute of a type.
std::vector<Id> with_part(const Text& wanted, const Schema& schema) {
  std::vector<Id> found;
  const std::size_t dot = wanted.rfind('.');
  if (dot == Text::npos) return found;
  const Text whole = wanted.substr(0, dot), part = wanted.substr(dot + 1);
  schema.each([&](const Object& object) {
    if (!is_called(object.id, whole)) return;
    for (const FieldBase* field : object.id->kind->fields) {
      const List* items = std::get_if<List>(&object.value(*field));
      if (!items || field->role != Role::member) continue;
      if (std::ranges::any_of(*items, [&](const Text& item) { return member_of(item).name == part; }))
        return found.push_back(object.id);
    }
  });
  return found;
}

/// What holds that name besides its own: an identity, that of its sequence; a range, that of its multirange.
std::vector<Id> with_name_held(const Text& wanted, const Schema& schema) {
  std::vector<Id> found;
  schema.each([&](const Object& object) {
    if (!object.id->kind->slots) return;
    for (const Slot& slot : slots_of(object))
      if ((slot.space == space::relation || slot.space == space::type) &&
          (wanted == quote_ident(slot.name) || (slot.scope && wanted == quote_qualified(slot.scope->name, slot.name))))
        return found.push_back(object.id);
  });
  return found;
}

ObjectChange touch_of(const ReplayedStatement& statement, Id id) {
  ObjectChange touch{&statement, {}};
  const Effects& effects = statement.effects;
  const auto say = [&](Id one, std::string_view verb) {
    if (one == id)
      touch.verb = verb;
    else if (lies_in(one, id) && one->kind->has_name() && !one->name.empty())
      touch.parts.push_back(concat(part_of(one, id), " ", verb));
  };
  for (Id one : effects.changes)
    if (!std::ranges::count(effects.makes, one) && !std::ranges::count(effects.drops, one)) say(one, "changed");
  for (Id one : effects.drops) say(one, "dropped");
  for (Id one : effects.makes) say(one, "made");
  for (const auto& [from, to] : effects.renames)
    if (to == id)
      touch.verb = concat("renamed from ", path(from));
    else if (from == id)
      touch.verb = concat("renamed to ", path(to));
    else if (to->parent == id && from->parent == id)
      touch.parts.push_back(concat(part_of(from, id), " renamed to ", quote_ident(to->name)));
  if (touch.verb == "made" || touch.verb == "dropped") touch.parts.clear();  // with all that lies in it
  if (touch.verb.empty() && !touch.parts.empty()) touch.verb = "changed";
  return touch;
}

/// The statement that made a column which no statement names: with its table, or with that of its parent, whichever
/// came later; null where none did.
const ReplayedStatement* maker_of_inherited(Id column, const Schema& schema, const Verified& verified) {
  const Object* table = schema.find(column->parent);
  if (!column->kind->is_column() || !table) return nullptr;
  std::vector<const Object*> above{table};
  for (std::size_t i = 0; i < above.size(); ++i)
    for (Id used : above[i]->needs)
      if (const Object* parent = schema.find(used); parent && used->kind == table->id->kind)
        if (std::ranges::count(above, parent) == 0) above.push_back(parent);
  const ReplayedStatement* last = nullptr;
  bool is_inherited = false;
  for (const ReplayedStatement& statement : verified.statements)
    for (const Id one : statement.effects.makes) {
      const auto lies_above = [&](const Object* parent) { return one->parent == parent->id; };
      const bool is_it = one->kind == column->kind && one->name == column->name;
      const bool is_above = is_it && std::ranges::any_of(above, lies_above);
      is_inherited |= is_above;
      if (one == table->id || is_above) last = &statement;
    }
  return is_inherited ? last : nullptr;
}
}  // namespace

Id object_called(const Text& name, const Schema& schema, const Verified& verified) {
  std::vector<Id> found;
  List names;
  const Text wanted = with_settled_types(name);
  for (Id id : all_known(schema, verified)) {
    if (is_called(id, wanted)) found.push_back(id);
    if (id->kind->has(has_section)) names.insert(names.end(), {qualified(id), id->name});
  }
  if (found.empty()) found = with_part(wanted, schema);
  if (found.empty()) found = with_name_held(wanted, schema);
  found = most_likely(std::move(found), schema);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    const std::optional<Text> near = nearest(name, names);
    throw Error(Code::input, concat("no migration makes anything called ", name), {},
                near ? concat("is ", *near, " meant?") : Text("name it as in SQL: users, public.users, users.email"));
  }
  List paths;
  for (Id id : found) paths.push_back(path(id));
  throw Error(Code::input, concat("several are called ", name, ": ", first_of(paths, 10)), {}, "say one in full");
}

Text part_called(const Text& name, Id id) {
  return is_called(id, with_settled_types(name)) ? Text() : name.substr(name.rfind('.') + 1);
}

Provenance provenance_of(Id id, Schema& schema, const Verified& verified) {
  Provenance all{.id = id, .is_there = schema.find(id) != nullptr};
  Id now = id;  // as it was called then: from the last statement to the first
  for (auto it = verified.statements.rbegin(); it != verified.statements.rend(); ++it) {
    ObjectChange touch = touch_of(*it, now);
    for (const auto& [from, to] : it->effects.renames)
      if (to == now) {
        now = from;
        break;
      }
    if (!touch.verb.empty()) all.touches.push_back(std::move(touch));
  }
  std::ranges::reverse(all.touches);
  if (std::ranges::none_of(all.touches, [](const ObjectChange& touch) { return touch.verb == "made"; }))
    if (const ReplayedStatement* maker = maker_of_inherited(now, schema, verified))
      all.touches.insert(all.touches.begin(), ObjectChange{maker, "made", {}});
  if (!all.is_there) return all;
  const auto with_section = [](std::vector<Id> ids) {
    std::erase_if(ids, [](Id one) { return !one->kind->has(has_section) || in_template(one); });
    return ids;
  };
  all.stands_on = with_section(schema.find(id)->needs);
  all.users = with_section(schema.users(id));
  return all;
}

namespace {
/// Follows the statements, and the names that they give.
class Origins {
 public:
  void statement(const ReplayedStatement& one) {
    const Place place = one.place();
    here_ = concat(place.file, ":", std::to_string(place.line));
    for (const auto& [from, to] : one.effects.renames) {
      all_[to] = std::exchange(all_[from], {});
      changed(to);
    }
    for (Id id : one.effects.makes) all_[id] = {here_};
    for (const std::vector<Id>* ids : {&one.effects.makes, &one.effects.changes, &one.effects.drops})
      for (Id id : *ids)
        for (Id above = id; above && !above->kind->has(is_namespace); above = above->parent) changed(above);
  }
  std::unordered_map<Id, List> take() { return std::move(all_); }

 private:
  std::unordered_map<Id, List> all_;
  Text here_;

  void changed(Id id) {
    const auto found = all_.find(id);
    if (found == all_.end() || found->second.empty() || found->second[0] == here_) return;
    found->second.resize(1);
    found->second.push_back(here_);
  }
};
}  // namespace

std::unordered_map<Id, List> origins_in(std::span<const Migration> migrations, Ids& ids, const Settings& settings) {
  Schema schema = empty_database(ids);
  Origins origins;
  for (const ReplayedStatement& one : replayed(migrations, schema, settings).statements) origins.statement(one);
  return origins.take();
}

}  // namespace quoin
