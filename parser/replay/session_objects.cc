// Finding, making, changing and dropping objects: what the kinds' readers ask for.
#include "core/sql/print.h"
#include "parser/replay/session.h"

namespace quoin {

Id Session::creation_schema(ast::Node named) {
  const Written name = written(named);
  const bool temporary = named["relpersistence"].text() == "t" || name.schema == temporary_schema;
  const Text schema = temporary ? Text(temporary_schema) : name.schema;
  if (temporary && !lookup().schema_named(schema)) {
    // The schema of this session's temporary objects; end_of_session() removes it.
    for (Id path : lookup().path())
      if (!path->parent) {
        schema_.add(schema_.ids().of(*path->kind, Id(), schema));
        lookup_.reset();
        break;
      }
  }
  if (schema.empty()) {
    for (Id id : lookup().path()) return id;
    note_missing(space::schema, {{}, search_path_.empty() ? Text("public") : search_path_.back()}, {}, -1);
    return {};
  }
  const Id id = lookup().schema_named(schema);
  if (!id && !unmodelled_.names.contains({space::schema, Id(), schema, {}}))
    note_missing(space::schema, {{}, schema}, {}, named.location());
  if (id) effects_->needs.push_back(id);
  return id;
}

Id Session::find(std::string_view in, ast::Node named, Absent absent) {
  const Written name = written(named);
  const Found found = lookup().find(in, name);
  if (found.is_missing() && absent == Absent::error) note_missing(in, name, found, named.location());
  if (found.id) effects_->needs.push_back(found.id);
  return found.id && found.state == Found::State::there && found.id->name == name.name ? found.id : Id();
}

Object* Session::make(const Kind& kind, Id parent, Called called, Existing existing) {
  const Id id = schema_.ids().of(kind, parent, std::move(called.name), std::move(called.signature));
  Id taken = schema_.find(id) ? id : Id();
  // A column's name is its Id's alone, and so is what has none.
  if (!taken && !kind.is_column() && !id->name.empty()) {
    const Object probe(id);
    for (const Slot& slot : slots_of(probe))
      if (!taken && slot.name == id->name) taken = schema_.holder(slot);  // others follow from fields not set yet
  }
  if (!parent) lookup_.reset();
  if (!taken) {
    Object& object = schema_.add(id);
    object.place = place_;
    pending_.push_back(id);
    written_.push_back(id);
    effects_->makes.push_back(id);
    if (certainty_ == Certainty::maybe) maybe_made_.insert(id);
    // The schema may have existed before, with objects that are not known.
    if (unmodelled_.names.contains({space::schema, Id(), id->name, {}}) && !parent) unmodelled_.unknown.insert(id);
    return &object;
  }
  if (existing == Existing::replace && taken == id) {
    Object fresh(id);
    Object& object = *schema_.find(id);
    fresh.carried = std::move(object.carried);
    fresh.place = place_;
    object = std::move(fresh);
    pending_.push_back(id);
    written_.push_back(id);
    effects_->changes.push_back(id);
    return &object;
  }
  if (existing != Existing::keep) note_duplicate(taken);
  return nullptr;
}

Object* Session::change(Id id) {
  Object* object = schema_.find(id);
  if (!object) {
    const Object probe(id);
    const Slots slots = slots_of(probe);
    const Text name = id->parent && schema_of(id) != id->parent ? concat(id->parent->name, ".", id->name) : id->name;
    const Id schema = schema_of(id);
    if (!slots.empty() && !lookup().is_unknown(id->parent))
      note_missing({slots[0].space, schema ? schema->name : Text(), name, Text::npos});
    return nullptr;
  }
  object->needs.clear();
  object->wants.clear();
  pending_.push_back(id);
  effects_->changes.push_back(id);
  return object;
}

void Session::drop(Id id, ast::Node drop_behavior) {
  if (schema_.find(id)) drop_all({id}, drop_behavior);
}

void Session::drop_all(const std::vector<Id>& ids, ast::Node drop_behavior) {
  const bool cascade = drop_behavior.text() == "DROP_CASCADE";
  std::unordered_set<Id> going(ids.begin(), ids.end());
  std::vector<Id> order(ids);
  std::vector<std::pair<Id, Id>> users;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Id used = order[i];
    const auto go_along = [&](const Object& object) {
      if (going.contains(object.id)) return;
      const bool goes = goes_with(object, used), needs_it = std::ranges::count(object.needs, used) != 0;
      if (!goes && !needs_it) return;
      if (needs_it && object.id->kind->has(takes_parent_along)) {
        if (going.insert(object.id->parent).second) order.push_back(object.id->parent);
        return;
      }
      if (!goes && !cascade) return users.emplace_back(object.id, used), void();
      going.insert(object.id);
      order.push_back(object.id);
    };
    schema_.each_child(used, go_along);
    for (Id user : schema_.users(used)) go_along(*schema_.find(user));
  }
  std::erase_if(users, [&](const auto& pair) { return going.contains(pair.first); });
  if (certainty_ == Certainty::sure)
    for (const auto& pair : users)
      if (!unmodelled_.unknown.contains(pair.first)) effects_->refused.push_back(pair);
  remove(order);
}

/// Takes them out, users of each before it.
void Session::remove(const std::vector<Id>& ids) {
  std::vector<Id> all;
  for (Id id : ids) {
    all.push_back(id);
    for (std::size_t i = all.size() - 1; i < all.size(); ++i)
      for (const Object* child : schema_.children(all[i])) all.push_back(child->id);
  }
  std::unordered_set<Id> gone, users;
  for (auto id = all.rbegin(); id != all.rend(); ++id) {
    const Object* object = schema_.find(*id);
    if (!object) continue;
    if (certainty_ == Certainty::maybe) may_be_gone(*object);
    for (Id user : schema_.users(*id)) users.insert(user);
    for (const Slot& slot : slots_of(*object)) chosen_.free(slot.name);
    schema_.remove(*id);
    gone.insert(*id);
    if (effects_) effects_->drops.push_back(*id);
    if (!(*id)->parent) lookup_.reset();
  }
  for (Id user : users)
    if (Object* object = schema_.find(user))
      for (std::vector<Id>* used : {&object->needs, &object->wants})
        std::erase_if(*used, [&](Id id) { return gone.contains(id); });
}

Text Session::type(ast::Node type_name) {
  if (reports_ == Reports::none) return ast::print_type(type_name);
  Qualify names(*tree_);
  Walk(lookup(), names).type(type_name);
  for (Id used : names.used) effects_->needs.push_back(used);
  for (Missing& one : names.absent) note_missing(std::move(one));
  Text text = ast::print_type(type_name);
  // What parsing the text would give, but for what the text does not say.
  const bool is_said = !type_name.has("setof") && !type_name.has("pct_type") && !type_name.has("without_modifiers") &&
                       type_name["names"].items()[0].text() != "pg_catalog";
  if (is_said && !is_builtin_type(Role::type, text)) printed_.keep(Role::type, text, {*tree_, type_name, {}});
  return text;
}

Text Session::signature(std::span<const ast::Node> types) {
  List names;
  for (ast::Node one : types) {
    const ast::Node bare = tree_->copy(one);  // numeric(10,2) is numeric to the one who calls
    tree_->forget_modifiers(bare);
    names.push_back(type(bare));
  }
  return concat("(", join(names, ", "), ")");
}

Text Session::choose_name(std::span<const Text> parts, std::string_view label, std::string_view in, Id scope) {
  const Text rest = parts.size() > 1 ? join(parts.subspan(1), "_") : Text();
  const auto is_taken = [&](const Text& name) {
    return schema_.holder({in, scope, name, {}}) ||
           (in == space::constraint && schema_.is_held_within(in, schema_of(scope), name));
  };
  const Slot asked{in, scope, concat(parts[0], "\n", rest, "\n", label), {}};
  for (int number = chosen_.number(asked);; ++number) {
    const Text name = object_name(parts[0], rest, number == 0 ? Text(label) : concat(label, std::to_string(number)));
    chosen_.take(asked, number, name);
    if (!is_taken(name)) return name;
  }
}

}  // namespace quoin
