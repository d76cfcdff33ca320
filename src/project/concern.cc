#include "project/concern.h"

#include "kinds/access/carried.h"
#include "kinds/access/default_privileges.h"
#include "kinds/access/grant.h"
#include "kinds/database/opaque.h"
#include "kinds/database/template.h"
#include "kinds/list.h"
#include "project/owners_rights.h"
#include "project/versions.h"

namespace quoin {
namespace {
constexpr MatterRow all_matters[] = {
    {Matter::owner, "owners", &Manage::owners,
     "owners: off, report (differences are told, and left as they are; what is new gets the owner that is said), or on"
     " (changed too); what says no owner leaves it as it is (default: report)"},
    {Matter::grant, "grants", &Manage::grants,
     "rights and default privileges: off (neither compared nor documented), report (differences are told, and left as"
     " they are), or on (default: on)"},
    {Matter::comment, "comments", &Manage::comments, "comments: off, report or on, as of rights (default: on)"},
    {Matter::version, "extension_versions", &Manage::extension_versions,
     "installed versions of extensions, where the desired schema says one: off (it is given to CREATE EXTENSION, and"
     " not compared), report, or on, when ALTER EXTENSION changes it (default: off)"}};

/// A version counts by itself (Object::counted), and is no part of what is kept or left out here.
bool is_off(Matter matter, const Settings& settings, Concern most) {
  return matter != Matter::structure && matter != Matter::version && concern_of(matter, settings) <= most;
}

Matter matter_of(const Carried& carried) {
  if (carried.what == space::owner) return Matter::owner;
  if (carried.what.starts_with("grants on ")) return Matter::grant;
  return carried.what.starts_with("comment on ") ? Matter::comment : Matter::structure;
}

bool carries_owner(const Object& object) {
  return std::ranges::count(object.carried, space::owner, &Carried::what) > 0;
}
bool is_owner(const Object& object) { return object.id->kind->matter == Matter::owner; }

bool is_implied(const Object& object, const Schema& other) {
  const Kind& kind = *object.id->kind;
  return in_template(object.id) || follows(object) || (kind.holds_anyway && kind.holds_anyway(object, other));
}

/// The differences to report, by matter.
class Telling {
 public:
  explicit Telling(const Settings& settings) : settings_(settings) {}

  void compare(const Schema& from, const Schema& to) {
    from.each([&](const Object& object) {
      const Object* other = to.find(object.id);
      if (other) compare_fields(object, *other);
      const bool has_gone = object.id->parent && !to.find(object.id->parent);
      if (!is_told(object.id->kind->matter) || has_gone) return;
      const bool differs = other ? object.differences(*other).any() : !is_implied(object, to);
      if (differs) add(object.id->kind->matter, path(object.id));
    });
    to.each([&](const Object& object) {
      const bool is_of_new = is_owner(object) && !from.find(object.id->parent);  // which gets it
      if (is_told(object.id->kind->matter) && !is_of_new && !from.find(object.id) && !is_implied(object, from))
        add(object.id->kind->matter, path(object.id));
    });
  }

  List sentences() {
    List all;
    for (const MatterRow& row : all_matters) {
      const auto found = differing_.find(row.matter);
      if (found == differing_.end()) continue;
      List& names = found->second;
      std::ranges::sort(names);
      all.push_back(told_otherwise(row.key, names));
    }
    return all;
  }

 private:
  bool is_told(Matter matter) const {
    return matter != Matter::structure && concern_of(matter, settings_) == Concern::report;
  }
  void compare_fields(const Object& object, const Object& other) {
    for (const FieldBase* field : object.id->kind->fields)
      if (field->matter != Matter::version && is_told(field->matter) && object.value(*field) != other.value(*field))
        add(field->matter, concat(field->name, " of ", path(object.id)));
  }
  void add(Matter matter, Text name) { differing_[matter].push_back(std::move(name)); }

  const Settings& settings_;
  std::map<Matter, List> differing_;
};

/// An object that a column owns has the owner of the table.
bool goes_with_column(const Object& object) {
  return object.id->kind->has(goes_where_owner_goes) && dropped_with(object);
}

void keep_fields(const Object* before, Object& object, const Settings& settings) {
  for (const FieldBase* field : object.id->kind->fields)
    if (is_off(field->matter, settings, Concern::report)) object.put(*field, before ? before->value(*field) : Value());
  const auto is_left = [&](const Carried& one) {
    const bool has_own =
        one.what != space::owner || !goes_with_column(object);  // else complete_owners() has seen to it
    return has_own && is_off(matter_of(one), settings, Concern::off);
  };
  std::erase_if(object.carried, is_left);
  if (before) std::ranges::copy_if(before->carried, std::back_inserter(object.carried), is_left);
}

/// True of a schema that has something of which the concern is at most that.
bool has_any(const Schema& schema, const Settings& settings, Concern most) {
  bool found = false;
  schema.each([&](const Object& object) {
    found = found || is_off(object.id->kind->matter, settings, most);
    for (const FieldBase* field : object.id->kind->fields)
      found = found || (is_off(field->matter, settings, most) && object.has(*field));
    for (const Carried& one : object.carried) found = found || is_off(matter_of(one), settings, Concern::off);
  });
  return found;
}

template <class Test>
void remove_if(Schema& schema, Test test) {
  std::vector<Id> gone;
  schema.each([&](const Object& object) {
    if (test(object)) gone.push_back(object.id);
  });
  for (const Id id : gone) schema.remove(id);
}

bool has_own_owner(const Object& object) {
  return object.id->kind->has(has_owner) && !in_template(object.id) && !goes_with_column(object);
}

/// Of objects that carry one; `rest` is the owner of the others, where they are to have one.
void make_owners(Schema& schema, const Text& rest) {
  std::vector<std::pair<const Object*, Text>> owners;
  schema.each([&](Object& object) {
    if (!has_own_owner(object)) return;
    const bool is_carried = carries_owner(object);
    if (told_owner(object.id, schema).empty() && (is_carried || !rest.empty()))
      owners.emplace_back(&object, is_carried ? owner_of(object, schema) : rest);
    put_carried(object, space::owner, {});
  });
  for (const auto& [object, role] : owners)
    if (!role.empty()) tell_owner(*object, role, schema);
}

void remove_owner(Schema& schema, std::string_view role) {
  remove_if(schema,
            [&](const Object& object) { return is_owner(object) && told_owner(object.id->parent, schema) == role; });
}

/// Owners of one schema, of objects that the other has without an owner.
std::vector<const Object*> unsaid_in(const Schema& silent, const Schema& schema) {
  std::vector<const Object*> owners;
  schema.each([&](const Object& object) {
    if (is_owner(object) && silent.find(object.id->parent) && !silent.find(object.id)) owners.push_back(&object);
  });
  return owners;
}

void say_of_database(OwnedSide database, const Schema& other) {
  if (database.form != SourceForm::database || database.schema.made_by.empty()) return;
  const Text of_template = database.schema.major < 15 ? database.schema.made_by : "pg_database_owner";
  for (const Object* owner : unsaid_in(database.schema, other))
    tell_owner(*database.schema.find(owner->id->parent),
               in_template(owner->id->parent) ? of_template : database.schema.made_by, database.schema);
}

Text owner_of_table(const Object& sequence, const Schema& schema) {
  const Object* table = schema.find(dropped_with(sequence)->parent);
  if (!table) return {};
  return carries_owner(*table) ? owner_of(*table, schema) : told_owner(table->id, schema);
}

// A new sequence's own statements have to give it to the owner of the table, if that is another role; an existing one
// follows its table.
void mark_sequences(const Schema& from, Schema& to) {
  to.each([&](Object& object) {
    if (!goes_with_column(object)) return;
    Text sql;
    if (const Object* before = from.find(object.id)) {
      sql = join(split_carried(*before, space::owner), ";\n");
    } else {
      Text owner = owner_of_table(object, from);
      if (owner.empty()) owner = owner_of_table(object, to);
      if (!owner.empty() && owner != from.made_by && owner != to.made_by)
        sql = concat("ALTER ", address_with_noun(object.id), " OWNER TO ", quote_ident(owner));
    }
    put_carried(object, space::owner, std::move(sql));
  });
}

}  // namespace

std::span<const MatterRow> matters() { return all_matters; }

Text told_otherwise(std::string_view key, const List& names) {
  constexpr std::size_t most_named = 20;  // more than that nobody reads
  return concat("otherwise, and left as it is (manage: ", key, ": report): ", first_of(names, most_named));
}

Concern concern_of(Matter matter, const Settings& settings) {
  for (const MatterRow& row : all_matters)
    if (row.matter == matter) return settings.config.manage.*row.concern;
  return Concern::on;
}

namespace {
// Where a source does not say an owner, it does not restrict the owner's privileges either.
void keep(const Object& object, const Schema& from, Schema& to) {
  if (!to.find(object.id)) to.add(object.id) = object;
  if (!is_owner(object)) return;
  const Id owned = object.id->parent;
  const Text owner = role_called(told_owner(owned, from));
  const Object* rights = from.find(grant_kind, owned, owner);
  Object* said = to.find(to.ids().find(grant_kind, owned, owner));
  if (rights && !said) to.add(rights->id) = *rights;
  if (!said || said->has(grant_fields.initial)) return;
  // What is granted to the owner as to any other role is had anyway.
  if (rights)
    call_owners(*said, *rights);
  else
    to.remove(said->id);
}
}  // namespace

List keep_uncompared(const Schema& from, Schema& to, const Settings& settings) {
  if (concern_of(Matter::owner, settings) == Concern::off) keep_rights_of_owners(from, to);
  if (!has_any(from, settings, Concern::report) && !has_any(to, settings, Concern::report)) return {};
  Telling telling(settings);
  telling.compare(from, to);
  // A new object has the owner that its side says; there is no other to keep.
  const bool new_ones_say = concern_of(Matter::owner, settings) == Concern::report;
  const auto is_left = [&](const Object& object) {
    if (!is_off(object.id->kind->matter, settings, Concern::report)) return false;
    return !new_ones_say || !is_owner(object) || from.find(object.id->parent);
  };
  remove_if(to, is_left);
  to.each([&](Object& object) { keep_fields(from.find(object.id), object, settings); });
  for (const Object* object : from.objects())
    if (is_left(*object) && (!object->id->parent || to.find(object->id->parent))) keep(*object, from, to);
  if (concern_of(Matter::grant, settings) != Concern::on) grant_as_made(from, to);
  to.all_changed();
  return telling.sentences();
}

void read_owners_of_template(postgres::Connection& connection, Schema& schema, const Settings& settings) {
  if (concern_of(Matter::owner, settings) == Concern::off) return;
  // 10 is the role that made the cluster, which owned it until 14.
  const auto rows = connection.query(
      "SELECT n.nspname, r.rolname FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_roles r"
      " ON r.oid OPERATOR(pg_catalog.=) n.nspowner WHERE r.oid OPERATOR(pg_catalog.<>) 10"
      " AND r.rolname OPERATOR(pg_catalog.<>) 'pg_database_owner'");
  std::map<Text, Text> owners;
  for (std::size_t row = 0; row < rows.rows(); ++row) owners.emplace(rows.text(row, 0), rows.text(row, 1));
  std::vector<std::pair<const Object*, Text>> told;
  schema.each([&](const Object& object) {
    if (!object.id->kind->has(is_namespace) || !in_template(object.id)) return;
    if (const auto found = owners.find(object.id->name); found != owners.end())
      told.emplace_back(&object, found->second);
  });
  for (const auto& [object, role] : told) tell_owner(*object, role, schema);
}

void leave_out_outside(Schema& schema, const Settings& settings) {
  const auto is_left = [&](const Object& object) {
    if (object.id->kind != &opaque_kind) return false;
    const std::string_view what = object[opaque_fields.what];
    return (what == "rights" && concern_of(Matter::grant, settings) == Concern::off) ||
           (what == "owner" && concern_of(Matter::owner, settings) == Concern::off);
  };
  schema.each([&](const Object& object) {
    if (is_left(object)) std::erase(schema.unmodelled, path(object.id));
  });
  remove_if(schema, is_left);
}

void add_owners(OwnedSide side, const Settings& settings) {
  const Concern concern = concern_of(Matter::owner, settings);
  if (concern == Concern::off) return;
  const bool says_all = concern == Concern::on && side.form == SourceForm::database;
  make_owners(side.schema, says_all ? side.schema.made_by : Text());
}

void complete_owners(OwnedSide from, OwnedSide to, const Settings& settings) {
  if (concern_of(Matter::owner, settings) != Concern::off) {
    say_of_database(from, to.schema);
    say_of_database(to, from.schema);
    for (const OwnedSide& side : {from, to}) name_session_in_rights(side.schema);
    if (to.form != SourceForm::database) {
      // Nor does a document know that its session's role is another than the owner.
      for (const Object* owner : unsaid_in(to.schema, from.schema)) {
        name_session_in_rights(owner->id->parent, told_owner(owner->id->parent, from.schema), to.schema);
        keep(*owner, from.schema, to.schema);
      }
    } else if (from.form != SourceForm::database) {
      for (const Object* owner : unsaid_in(from.schema, to.schema))
        if (told_owner(owner->id->parent, to.schema) == to.schema.made_by) to.schema.remove(owner->id);
    }
  }
  mark_sequences(from.schema, to.schema);
}

std::optional<Schema> without_idle_owners(const Schema& schema) {
  std::vector<Id> idle;
  schema.each([&](const Object& object) {
    const Id owned = object.id->parent;
    if (is_owner(object) && !schema.find(grant_kind, owned, role_called(told_owner(owned, schema))))
      idle.push_back(object.id);
  });
  if (idle.empty()) return std::nullopt;
  Schema part = schema.copy();
  for (const Id id : idle) part.remove(id);
  part.all_changed();
  return part;
}

void leave_owners_to_tables(Schema& schema) {
  schema.each([](Object& object) {
    if (goes_with_column(object)) put_carried(object, space::owner, {});
  });
}

void add_other_owners(Schema& schema, const SchemaSource& source, const Settings& settings) {
  if (concern_of(Matter::owner, settings) != Concern::report) return;
  make_owners(schema, schema.made_by);
  if (source.form != SourceForm::database) return;
  postgres::Connection connection(source.where);
  const auto owner = connection.query(
      "SELECT pg_catalog.pg_get_userbyid(d.datdba) FROM pg_catalog.pg_database d"
      " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  remove_owner(schema, owner.text(0, 0));
  name_session_in_rights(schema);
}

void reset_template_objects(Schema& schema, const Settings& settings) {
  Schema born(schema.ids());
  add_template(born);
  born.each([&](const Object& object) {
    const bool is_left_out = is_off(object.id->kind->matter, settings, Concern::off);
    if (is_left_out && schema.find(object.id->parent)) schema.add(object.id) = object;
  });
}

std::optional<Schema> for_trial(const Schema& schema, const TrialOwners& owners, const Settings& settings) {
  const bool all_owned = concern_of(Matter::owner, settings) == Concern::on;
  const bool owned = all_owned || !owners.given.empty();
  if (!owned && !has_any(schema, settings, Concern::report)) return std::nullopt;
  Schema part = schema.copy();
  if (owned) make_owners(part, {});
  if (owned) remove_owner(part, owners.session);
  remove_if(part, [&](const Object& object) {
    if (is_owner(object)) return !all_owned && !owners.given.contains(object.id->parent);
    return is_off(object.id->kind->matter, settings, Concern::report);
  });
  part.each([&](Object& object) { keep_fields(nullptr, object, settings); });
  part.all_changed();
  return part;
}

void leave_out_unconcerned(Schema& schema, const Settings& settings) {
  if (concern_of(Matter::owner, settings) == Concern::on) make_owners(schema, schema.made_by);
  name_session_in_rights(schema);
  remove_if(schema, [&](const Object& object) { return is_off(object.id->kind->matter, settings, Concern::off); });
  const bool with_versions = concern_of(Matter::version, settings) != Concern::report;
  schema.each([&](Object& object) {
    for (const FieldBase* field : object.id->kind->fields)
      if (is_off(field->matter, settings, Concern::off)) object.put(*field, Value());
    std::erase_if(object.carried, [&](const Carried& one) { return is_off(matter_of(one), settings, Concern::off); });
    const FieldBase* version = version_field(*object.id->kind);
    if (version && !with_versions && object.counted.test(version->ordinal)) object.put(*version, Value());
  });
  schema.all_changed();
}

}  // namespace quoin
