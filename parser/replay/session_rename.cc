// RENAME and SET SCHEMA: objects get other Ids, and texts that mention them other names.
#include "core/model/member.h"
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/access/default_privileges.h"
#include "kinds/column/null.h"
#include "parser/names/moved_members.h"
#include "parser/names/renaming.h"
#include "parser/replay/session.h"

namespace quoin {

void Session::rename(Id from, Id to) {
  if (from == to) return;
  const Object probe(to);
  for (const Slot& slot : slots_of(probe))
    if (const Id taken = schema_.holder(slot); taken && taken != from) return note_duplicate(taken);
  if (schema_.find(to)) return note_duplicate(to);
  if (certainty_ == Certainty::maybe) may_be_gone(*schema_.find(from));
  Renamed renamed;
  collect_renamed(schema_, from, to, renamed);
  for (Id user : users_of(renamed, schema_)) {
    Object* object = schema_.find(user);
    try {
      rewrite(*object, schema_, renamed);
    } catch (const Error& error) {
      effects_->unknown.push_back(
          concat(path(object->id), " mentions ", path(from), ", but cannot be read: ", error.what()));
    }
  }
  for (const auto& [old, now] : renamed) {
    Object& object = *schema_.find(old);
    if (old->kind->reading.spell_out) old->kind->reading.spell_out(object, schema_);
    for (const Slot& slot : slots_of(object)) chosen_.free(slot.name);
  }
  std::vector<Id> followers;  // what has its name from it
  for (Id user : schema_.users(from))
    if (user->name == from->name && follows(*schema_.find(user)) == from) followers.push_back(user);
  schema_.rename(from, to);
  effects_->renames.emplace_back(from, to);
  if (certainty_ == Certainty::maybe || maybe_made_.contains(from)) maybe_made_.insert(to);
  for (const auto& pair : renamed)
    if (pair.first != from) effects_->renames.push_back(pair);
  for (Id& id : pending_)
    if (const auto found = renamed.find(id); found != renamed.end()) id = found->second;
  lookup_.reset();
  for (Id follower : followers)
    if (from->parent != to->parent || follower->kind != from->kind)
      continue;
    else
      rename(follower, schema_.ids().of(*follower->kind, follower->parent, to->name, follower->signature));
}

void Session::note_duplicate(Id taken) {
  if (certainty_ == Certainty::sure && !maybe_made_.contains(taken))
    effects_->duplicates.emplace_back(taken, effects_->begin);
}

/// An object that is dropped or renamed under an unknown condition may still have its old name.
void Session::may_be_gone(const Object& object) {
  for (Slot slot : slots_of(object)) {
    unmodelled_.names.insert(slot);
    slot.signature.clear();
    unmodelled_.names.insert(slot);  // Lookup::find() looks for a routine without its signature
  }
  // Lookup finds columns and constraints in their relation, so that has to be unknown; a schema stays known.
  if (object.id->parent && object.id->parent->parent) unmodelled_.unknown.insert(object.id->parent);
}

/// An attribute of a composite type, a column of a view: parts that are no objects.
void Session::rename_part(Id id, const Text& from, const Text& to) {
  Object* object = schema_.find(id);
  if (!object) return;
  bool found = false;
  for (const FieldBase* field : id->kind->fields) {
    const List* items = std::get_if<List>(&object->value(*field));
    if (field->role == Role::member && field->counts != Counts::derived && items) {  // those may lack their types
      List now = *items;
      for (Text& item : now)
        if (Fragment member = parse_fragment(Role::member, item); member.node["colname"].text() == from) {
          member.node.set("colname", member.tree.make_text("", to));
          item = print_fragment(Role::member, member);
          found = true;
        }
      object->put(*field, std::move(now));
    }
    const Text* query = std::get_if<Text>(&object->value(*field));
    if (field->role == Role::query && query) {
      Fragment select = parse_fragment(Role::query, *query);
      for (ast::Node target : select.node["targetList"]) {
        const Text label(target["name"].text());
        if ((label.empty() ? figured_name(target["val"]) : label) != from) continue;
        target.set("name", select.tree.make_text("", to));
        found = true;
      }
      object->put(*field, print_fragment(Role::query, select));
    }
    if (field->counts == Counts::derived && field->name == "columns" && items) {
      List now = *items;
      for (Text& item : now)
        if (const Member member = member_of(item); member.name == quote_ident(from))
          item = concat(quote_ident(to), item.substr(member.name.size()));
      object->put(*field, std::move(now));
    }
  }
  schema_.rename_part(id, from, to);
  effects_->changes.push_back(id);
  if (!found) effects_->unknown.push_back(concat(path(id), " has no part ", from, " that could be renamed"));
}

/// A name that is no object's own: the sequence of an identity.
void Session::rename_held(const Slot& held, const Text& name) {
  const Id id = schema_.holder(held);
  if (!id || id->kind->has_name() || !id->kind->sql.rename_part) return;  // what belongs to an extension
  Slot wanted = held;
  wanted.name = name;
  if (const Id taken = schema_.holder(wanted); taken && taken != id) return note_duplicate(taken);
  id->kind->sql.rename_part(*schema_.find(id), held.name, name);
  schema_.changed(id);
  chosen_.free(held.name);
  effects_->changes.push_back(id);
  lookup_.reset();
}

/// A NOT NULL has no name up to 17, so its Id has none, and its name is an attribute.
void Session::rename_not_null(Id id, const Text& name) {
  const Id taken = schema_.holder({space::constraint, id->parent->parent, name, {}});
  if (taken && taken != id) return note_duplicate(taken);
  call_not_null(*schema_.find(id), name);
  schema_.changed(id);
  effects_->changes.push_back(id);
  lookup_.reset();
}

/// What RENAME names: `subname` is a part of its relation or domain, or the name of what lies in no schema.
Session::Target Session::renamed_by(ast::Node node) {
  const bool is_attribute = node["renameType"].text() == "OBJECT_ATTRIBUTE";
  const std::string_view type_name = is_attribute ? "OBJECT_COLUMN" : node["renameType"].text();
  const Text part(node["subname"].text());
  const ObjectType* type = object_type(type_name);
  if (type && !part.empty() && (node.has("relation") || node.has("object"))) {
    const Target holder = node.has("relation") ? locate_name(space::relation, parts_of(node["relation"]))
                                               : locate_name(space::type, node["object"].texts());
    return holder.found.id ? locate_member(*type, holder.found.id, part) : holder;
  }
  if (node.has("relation")) return locate_name(space::relation, parts_of(node["relation"]));
  if (node.has("object")) return locate(type_name, node["object"]);
  if (type) return locate_top_level(type->space, part);
  note_unknown_type(type_name);
  return {{Found::State::unknown, {}, {}}, {}, {}, {}};
}

/// A role is no object of a schema, but objects are named after roles, and their texts name them.
void Session::rename_role(const Text& from, const Text& to) {
  schema_.each([&](Object& object) {
    if (owner_of(object, schema_) == from) put_owner(object, to);
    for (const FieldBase* field : object.id->kind->fields) {
      const List* names = field->role == Role::role ? std::get_if<List>(&object.value(*field)) : nullptr;
      if (!names || !std::ranges::count(*names, from)) continue;
      List now = *names;
      std::ranges::replace(now, from, to);
      object.put(*field, std::move(now));
    }
  });
  const Slot old{space::role, Id(), from, {}};
  rename_in_default_privileges(schema_, from, to);
  schema_.rename(old, Slot{space::role, Id(), to, {}});
}

void Session::rename_statement(ast::Node node) {
  const Text name(node["newname"].text());
  if (node["renameType"].text() == "OBJECT_ROLE") return rename_role(Text(node["subname"].text()), name);
  const Target target = renamed_by(node);
  if (target.in == space::column && target.scope && !target.found.id && !target.found.is_missing())
    return rename_part(target.scope, target.name.name, name);
  if (const Id id = target.found.id; id && target.in == space::constraint && !id->kind->has_name()) {
    rename_not_null(id, name);
  } else if (id) {
    rename(id, schema_.ids().of(*id->kind, id->parent, name, id->signature));
  } else if (target.found.is_missing() && !node["missing_ok"].flag()) {
    note_missing(target);
  } else if (target.found.state == Found::State::unknown && !target.found.schema.empty()) {
    const Id schema = lookup().schema_named(target.found.schema);
    unmodelled_.names.insert({target.in, schema, name, {}});
    effects_->unmodelled.push_back({target.in, schema, name, {}});
  } else if (target.found.state == Found::State::there) {
    rename_held({target.in, lookup().schema_named(target.found.schema), target.name.name, {}}, name);
  }
}

void Session::set_schema_statement(ast::Node node) {
  const ast::Node object = node.has("relation") ? node["relation"] : node["object"];
  const Text wanted(node["newschema"].text());
  const Target target = locate(node["objectType"].text(), object);
  if (target.found.is_missing() && !node["missing_ok"].flag()) note_missing(target.in, target.name, target.found, -1);
  const Id id = target.found.id, schema = lookup().schema_named(wanted);
  if (!schema) note_missing(space::schema, {{}, wanted}, {}, -1);
  if (!id || !schema) return;
  if (id->parent && !may_lie_in(*id->kind, schema))
    return effects_->unknown.push_back(
        concat(path(id), " has the schema of ", path(id->parent), ", and goes there with it alone"));
  if (!id->parent) {  // an extension: its objects move
    rename_members(schema_, *schema_.find(id), wanted);
    for (Id user : schema_.users(id)) pending_.push_back(user);  // operators of what lies in public are said bare
    if (const FieldBase* field = id->kind->members_schema) schema_.find(id)->put(*field, wanted);
    effects_->changes.push_back(id);
    lookup_.reset();
    return;
  }
  const std::vector<Id> owned = owned_by(id, schema_);
  rename(id, schema_.ids().of(*id->kind, schema, id->name, id->signature));
  for (Id one : owned) rename(one, schema_.ids().of(*one->kind, schema, one->name, one->signature));
}

}  // namespace quoin
