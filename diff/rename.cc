#include <map>

#include "diff/draft.h"
#include "diff/renamed.h"
#include "diff/same_shape.h"

namespace quoin {

namespace {
struct Name {
  Text old_name, new_name;
};

bool mentions(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != Text::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_of_name(text[at - 1])) && (end == text.size() || !is_of_name(text[end]))) return true;
  }
  return false;
}

const Text* body_of(const Object& object) {
  for (const FieldBase* field : object.id->kind->fields)
    if (field->role == Role::body) return std::get_if<Text>(&object.value(*field));
  return nullptr;
}

class Renamer {
 public:
  Renamer(Schema& from, const Schema& to, const RenameInTexts& in_texts) : from_(from), to_(to), in_texts_(in_texts) {}

  Renames all() {
    // An old name with its schema counts in the schemas as they will be called.
    for (const bool namespaces : {true, false}) {
      for (const Object* object : to_.objects())
        if (!object->renamed_from.empty() && object->id->kind->has(is_namespace) == namespaces)
          asked_.push_back(object);
      rename_all_asked();
      if (namespaces)
        for (const Object* home : to_.children(Id()))
          if (home->id->kind->has(is_namespace) && from_.find(home->id))
            old_namespaces_.emplace(home->renamed_from, home->id);
    }
    for (const Object* object : asked_) refuse_taken(*object);
    for (const Object* object : asked_) note_nothing_there(*object);
    if (!names_.empty()) rename_derived_names();
    while (rename_what_is_owned()) {}  // what one brings may bring another
    for (const Object* object : to_.objects())
      for (const auto& [old, now] : object->renamed_parts) rename_part(object->id, old, now);
    for (const Object& home : renames_.namespaces)
      for (Step& step : home.id->kind->sql.create(home)) renames_.before_down.push_back(std::move(step));
    std::ranges::reverse(renames_.down);
    return std::move(renames_);
  }

 private:
  Id old_of(const Object& wanted) const {
    const Id old = former_id(wanted, from_);
    const auto home = old->parent && old->name != wanted.renamed_from ? old_namespaces_.find(old->parent->name)
                                                                      : old_namespaces_.end();
    if (home == old_namespaces_.end()) return old;
    const Id moved = from_.ids().of(*old->kind, home->second, old->name, old->signature);
    return from_.find(moved) ? moved : old;
  }

  // An object may have to wait until another one has freed the name.
  void rename_all_asked() {
    do {
      while (std::erase_if(asked_, [this](const Object* object) { return rename_as_asked(*object); }) != 0) {}
    } while (break_cycle());
  }

  bool rename_as_asked(const Object& wanted) {
    const Id now = wanted.id, set_aside = set_aside_[now], old = set_aside ? set_aside : old_of(wanted);
    if (!from_.find(old) || from_.find(now)) return false;
    for (const Slot& slot : slots_of(wanted))
      if (const Id holder = from_.holder(slot); holder && holder != old) refuse(wanted, old, holder);
    rename(old, now);
    names_[group_of(now)].push_back({old->name, now->name});
    return true;
  }

  [[noreturn]] static void refuse(const Object& wanted, Id old, Id holder) {
    throw Error(
        Code::input,
        concat(path(old), " cannot be renamed to ", quote_ident(wanted.id->name), ": ", path(holder), " has that name"),
        wanted.place, "rename or drop that one in a migration of its own first");
  }

  // If the desired schema lacks the old object, nothing else can be meant by renamed_from.
  void refuse_taken(const Object& wanted) const {
    const Id old = old_of(wanted);
    if (from_.find(old) && from_.find(wanted.id) && !to_.find(old)) refuse(wanted, old, wanted.id);
  }

  // Silent where the parent or all siblings are new, as in a new database: every renamed_from was done there.
  void note_nothing_there(const Object& wanted) {
    const Id now = wanted.id;
    if (from_.find(old_of(wanted)) || from_.find(now) || (now->parent && !from_.find(now->parent))) return;
    const auto is_alike = [&](const Object& other) { return other.id->kind == now->kind; };
    if (!from_.any_child(now->parent, is_alike)) return;
    renames_.notes.push_back(concat(path(now), " says renamed_from: ", quote_ident(wanted.renamed_from),
                                    ", but there is no ", path(old_of(wanted)), "; it is made anew"));
  }

  void rename_part(Id id, const Text& old, const Text& now) {
    Object* object = id->kind->sql.rename_part ? from_.find(id) : nullptr;
    if (!object) return;
    const Text there = id->kind->sql.rename_part(*object, old, now);
    Object probe = *object;
    if (there.empty()) {
      // It was renamed before if the part with the new name can be renamed back.
      if (id->kind->sql.rename_part(probe, now, old).empty())
        renames_.notes.push_back(concat(
            quote_literal(now), " of ", path(id), " says renamed_from: ", old, ", but ",
            is_part(*object, old) ? "both are there; it is left as it is" : "nothing is called that; it is made anew"));
      return;
    }
    renames_.up.push_back({.sql = there, .needs = {id}});
    renames_.down.push_back({.sql = id->kind->sql.rename_part(probe, now, old), .needs = {id}});
    from_.rename_part(id, old, now);
    renames_.parts.push_back({id, old, now});
    rename_constants(from_, renames_.parts.back());
  }

  // A part exists if it can be renamed to a name that no part has.
  static bool is_part(const Object& object, const Text& name) {
    Object probe = object;
    return !object.id->kind->sql.rename_part(probe, name, concat(name, " renamed")).empty();
  }

  // Objects that take each other's names: one is set aside until its new name is free.
  bool break_cycle() {
    for (const Object* object : asked_) {
      const std::vector<const Object*> cycle = cycle_from(*object);
      if (cycle.empty()) continue;
      for (const Object* member : cycle) std::erase(asked_, member);
      const std::size_t as_they_are = unlikeness(cycle, false), moved = unlikeness(cycle, true);
      if (as_they_are == moved)
        renames_.notes.push_back(concat(names_in(cycle),
                                        " are to take each other's names, and look alike, so that "
                                        "nothing tells whether they have: left as they are; rename them by hand"));
      if (as_they_are <= moved) return true;
      set_one_aside(cycle);
      asked_.insert(asked_.end(), cycle.begin(), cycle.end());
      return true;
    }
    return false;
  }

  std::vector<const Object*> cycle_from(const Object& first) const {
    std::vector<const Object*> cycle{&first};
    for (;;) {
      const Id old = old_of(*cycle.back());
      if (!from_.find(old) || !from_.find(cycle.back()->id)) return {};
      if (old == first.id) return cycle.size() > 1 ? cycle : std::vector<const Object*>();
      const auto next = std::ranges::find(asked_, old, [](const Object* object) { return object->id; });
      if (next == asked_.end() || std::ranges::count(cycle, *next)) return {};
      cycle.push_back(*next);
    }
  }

  std::size_t unlikeness(const std::vector<const Object*>& cycle, bool moved) const {
    std::size_t all = 0;
    for (const Object* wanted : cycle)
      all += differences_in_shape({from_, moved ? old_of(*wanted) : wanted->id}, {to_, wanted->id});
    return all;
  }

  static Text names_in(const std::vector<const Object*>& cycle) {
    List names;
    for (const Object* object : cycle) names.push_back(path(object->id));
    return join(names, " and ");
  }

  void set_one_aside(const std::vector<const Object*>& cycle) {
    const Object& first = *cycle.front();
    const Id old = old_of(first);
    Id aside;
    for (int number = 1; !aside || from_.find(aside) || to_.find(aside); ++number)
      aside = from_.ids().of(*old->kind, old->parent,
                             truncate_identifier(concat("set_aside_", std::to_string(number), "_", old->name)),
                             old->signature);
    rename(old, aside);
    set_aside_[first.id] = aside;
  }

  // Another schema and another name are two steps, by way of a name that nobody has.
  void rename(Id old, Id now) {
    if (old->parent == now->parent)
      return rename_by(rename_sql(old, now->name), rename_sql(now, old->name), {old, now});
    Id between = now;
    if (old->name != now->name) {
      between = from_.ids().of(*old->kind, now->parent, old->name, old->signature);
      if (from_.find(between)) between = from_.ids().of(*old->kind, old->parent, now->name, old->signature);
      if (between->parent == old->parent) rename(old, between);
    }
    move(between->parent == old->parent ? between : old, between->parent == old->parent ? now : between);
    if (from_.find(between) && between != now) rename(between, now);
  }

  // Those that follow it, in partitions and heirs at any depth: RENAME COLUMN renames them too.
  void collect_heirs(Id column, std::vector<Id>& heirs) {
    for (const Id user : from_.users(column)) {
      const Object* object = user->kind == column->kind && user->name == column->name ? from_.find(user) : nullptr;
      if (!object || quoin::follows(*object) != column || std::ranges::count(heirs, user)) continue;
      heirs.push_back(user);
      collect_heirs(user, heirs);
    }
  }

  void rename_heirs(const std::vector<Id>& heirs, const Text& name) {
    for (const Id heir : heirs) {
      const Id now = from_.ids().of(*heir->kind, heir->parent, name);
      if (from_.find(now)) continue;
      rename_all(from_, heir, now, in_texts_);
      renames_.done.emplace_back(heir, now);
    }
  }

  void rename_by(Text sql, Text sql_back, std::pair<Id, Id> ids) {
    const auto [old, now] = ids;
    Step there{.sql = std::move(sql), .makes = {now}, .drops = {old}};
    Step back{.sql = std::move(sql_back), .makes = {old}, .drops = {now}};
    there.hazards = unreached_bodies(old);
    there.frees = back.takes = slots_of(*from_.find(old));
    std::vector<Id> heirs;
    if (old->kind->is_column()) collect_heirs(old, heirs);
    rename_all(from_, old, now, in_texts_);
    there.takes = back.frees = slots_of(*from_.find(now));
    renames_.done.emplace_back(old, now);
    rename_heirs(heirs, now->name);
    renames_.up.push_back(std::move(there));
    renames_.down.push_back(std::move(back));
  }

  // SET SCHEMA moves a table's owned sequences along (AlterSeqNamespaces in tablecmds.c).
  void move(Id old, Id now) {
    create_namespace(now->parent);
    const std::vector<Id> owned = owned_by(old, from_);
    rename_by(set_schema_sql(old, now->parent->name), set_schema_sql(now, old->parent->name), {old, now});
    for (Id one : owned) {
      const Id moved = from_.ids().of(*one->kind, now->parent, one->name, one->signature);
      rename_all(from_, one, moved, in_texts_);
      renames_.done.emplace_back(one, moved);
    }
    recreate_in_down(old->parent);
  }

  // The schema that an object moves to is created by the renames, bare; what else is wanted of it the plan adds.
  void create_namespace(Id home) {
    if (from_.find(home)) return;
    Object& made = from_.add(home);
    made = *to_.find(home);
    made.carried.clear();
    for (Step& step : home->kind->sql.create(made)) renames_.up.push_back(std::move(step));
    for (Step& step : drop_steps(made)) renames_.after_down.push_back({.sql = std::move(step.sql), .drops = {home}});
  }

  // The down begins with the renames, which need a schema that the up has dropped.
  void recreate_in_down(Id home) {
    if (!to_.find(home) && std::ranges::count(renames_.namespaces, home, &Object::id) == 0)
      renames_.namespaces.push_back(*from_.find(home));
  }

  // The server renames in what it stores parsed, but keeps most bodies as text, which it neither changes nor checks.
  std::vector<Hazard> unreached_bodies(Id old) const {
    std::vector<Hazard> hazards;
    const Id relation = old->kind->is_column() ? old->parent : old;
    for (const Object* object : std::as_const(from_).objects()) {
      const Text* body = body_of(*object);
      if (!body || !std::ranges::count(object->wants, relation) || !mentions(*body, old->name)) continue;
      const Object* after = to_.find(object->id);
      const Text* same = after ? body_of(*after) : nullptr;
      if (same && *same == *body)
        hazards.push_back({"body", concat(path(object->id), " names ", quote_ident(old->name),
                                          " in its body, which the server neither changes nor checks")});
    }
    return hazards;
  }

  // An object that was named after a renamed one, and differs from the wanted one by that name alone.
  void rename_derived_names() {
    std::vector<std::pair<Id, Id>> found;
    for (const Object* object : std::as_const(from_).objects()) {
      if (to_.find(object->id)) continue;
      if (const Id now = derived_name_of(*object)) found.emplace_back(object->id, now);
    }
    for (const auto& [old, now] : found)
      if (!from_.find(now)) rename(old, now);
  }

  // A sequence that belongs to one column on both sides is the same, whatever its name, and keeps its position; so is
  // the index that a partitioned index has on one partition.
  bool rename_what_is_owned() {
    bool any = false;
    const Owned before = owned(from_, to_), after = owned(to_, from_);
    for (const auto& [host, old] : before) {
      const auto wanted = after.find(host);
      if (wanted == after.end() || old.size() != 1 || wanted->second.size() != 1) continue;
      const Id was = old.front(), now = wanted->second.front();
      const bool is_free = std::ranges::none_of(slots_of(Object(now)), [&](const Slot& slot) {
        const Id holder = from_.holder(slot);
        return holder && holder != was;
      });
      if (was->kind != now->kind || was->parent != now->parent || !is_free) continue;
      rename(was, now);
      any = true;
    }
    return any;
  }

  // What `schema` has and `other` lacks, by its owner, or by its leader and its parent.
  using Owned = std::map<std::pair<Id, Id>, std::vector<Id>>;
  static Owned owned(const Schema& schema, const Schema& other) {
    Owned all;
    for (const Object* object : std::as_const(schema).objects()) {
      if (other.find(object->id)) continue;
      const Id host = object->id->kind->has(goes_where_owner_goes) ? dropped_with(*object) : Id();
      const Id leader = is_relation(*object) ? follows(*object) : Id();
      if (host) all[{host, Id()}].push_back(object->id);
      if (leader) all[{leader, object->id->parent}].push_back(object->id);
    }
    return all;
  }

  Id derived_name_of(const Object& object) const {
    const Id host = dropped_with(object);
    auto names = names_.find(group_of(object.id));
    if (names == names_.end() && host) names = names_.find(group_of(host));
    if (names == names_.end()) return Id();
    for (const Text& name : derived(object.id->name, names->second)) {
      const Id now = from_.ids().of(*object.id->kind, object.id->parent, name, object.id->signature);
      const Object* wanted = to_.find(now);
      if (wanted && !from_.find(now) && object.differences(*wanted).none()) return now;
    }
    return Id();
  }

  // Each rename applied at most once, at any place where the name stands as a word between underscores.
  static List derived(const Text& name, const std::vector<Name>& names) {
    List all{name};
    for (const Name& renamed : names)
      for (std::size_t i = 0, known = all.size(); i < known; ++i)
        for (std::size_t at = all[i].find(renamed.old_name); at != Text::npos;
             at = all[i].find(renamed.old_name, at + 1)) {
          const std::size_t end = at + renamed.old_name.size();
          if ((at != 0 && all[i][at - 1] != '_') || (end != all[i].size() && all[i][end] != '_')) continue;
          all.push_back(truncate_identifier(concat(all[i].substr(0, at), renamed.new_name, all[i].substr(end))));
        }
    return all;
  }

  Schema& from_;
  const Schema& to_;
  const RenameInTexts& in_texts_;
  Renames renames_;
  std::vector<const Object*> asked_;                 // and not done yet
  std::unordered_map<Text, Id> old_namespaces_;      // schemas by their names before
  std::unordered_map<Id, Id> set_aside_;             // by the new Id
  std::unordered_map<Id, std::vector<Name>> names_;  // by group_of(): what was renamed there
};
}  // namespace

Renames rename_first(Schema& from, const Schema& to, const RenameInTexts& in_texts) {
  return Renamer(from, to, in_texts).all();
}

}  // namespace quoin
