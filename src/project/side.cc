#include "project/side.h"

#include "core/sql/ast.h"
#include "parser/names/column_types.h"
#include "parser/normal/alike.h"
#include "parser/normal/normal.h"
#include "parser/replay/replay.h"
#include "project/assumed.h"
#include "project/blame.h"
#include "project/concern.h"
#include "project/histories.h"
#include "project/versions.h"

namespace quoin {
namespace {

// Attributes that only the desired text has: a server, or one so old, does not keep them.
void keep_wishes(const Schema& written, Schema& read_back, int major) {
  read_back.unmodelled.insert(read_back.unmodelled.end(), written.unmodelled.begin(), written.unmodelled.end());
  written.each([&](const Object& object) {
    Object* same = read_back.find(object.id);
    if (!same) return;
    same->renamed_from = object.renamed_from;
    same->renamed_parts = object.renamed_parts;
    same->place = object.place;
    for (const FieldBase* field : object.id->kind->fields)
      if (field->since > major || field->role == Role::secret || field->matter == Matter::version)
        same->put(*field, object.value(*field));
    same->counted = object.counted;
  });
  for (const Object* object : written.objects()) {
    if (object->id->kind->matter != Matter::owner || !read_back.find(object->id->parent)) continue;
    Object* same = read_back.find(object->id);
    (same ? *same : read_back.add(object->id)) = *object;
  }
}

}  // namespace

Roles roles_of(const Shadow& shadow) { return shadow.is_private() ? Roles::made_when_missing : Roles::as_they_are; }

bool is_environment(const Error& error) {
  const std::string_view message = error.what();
  auto says = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
  if (error.sqlstate == "58P01" || error.sqlstate == "58P02") return true;  // extension, library files
  if (error.sqlstate == "0A000") return message.starts_with("extension \"");
  if (error.sqlstate == "42704")
    return std::ranges::any_of(List{"role \"", "tablespace \"", "collation \"", "language \""},
                               [&](const Text& what) { return message.starts_with(what); });
  // What only a superuser may make; a table that a role may not read is the migration's own affair.
  if (error.sqlstate == "22023" && message.starts_with("extension \"")) return true;  // no such version, or way to it
  return error.sqlstate == "42501" && (message.starts_with("permission denied to ") || says("superuser"));
}

EarlyRead read_early(const SchemaSource& source, Ids& ids, const Settings& settings) {
  const bool waits = !settings.config.manage.objects.empty();  // for the other side, of which it may name something
  if (source.form != SourceForm::yaml || waits) return {source, std::nullopt};
  return {source, read_source(source, ids, settings)};
}

bool are_equal(const EarlyRead& one, const EarlyRead& other) {
  const SchemaSource &a = one.source, &b = other.source;
  if (a.form != SourceForm::database && a.form == b.form && a.where == b.where) return true;
  if (!one.written || !other.written) return false;
  const Plan difference = plan(*one.written, *other.written);
  return difference.empty() && difference.notes.empty();
}

namespace {
// SQL that quoin parses and the server does not is newer than the server.
Error with_age(Error error, const Shadow& shadow) {
  const bool is_newer = error.sqlstate == "42601" && shadow.major() < ast::grammar();
  if (is_newer && error.hint.empty())
    error.hint = concat("the shadow server is PostgreSQL ", std::to_string(shadow.major()),
                        ", and this may be newer: install a newer server, or give the URL of one by --shadow");
  return error;
}

// The table of a column.
Id outermost(Id id) {
  while (id->parent && id->parent->parent) id = id->parent;
  return id;
}

// What a database has can be right, though the server refuses to make it at one go: some states only ALTER reaches.
// It has it with all that it stands on: what has lost that, or stands on something else now, is refused with reason.
bool has_been_reached(const Text& refused, const Schema& written, const Schema& other) {
  if (refused.empty()) return false;
  const Same form = same_in_form(other, written);
  const auto is_there = [&](Id id) {
    const Object *object = written.find(id), *there = other.find(id);
    return object && there && std::ranges::all_of(id->kind->fields, [&](auto* field) {
             return !is_compared(field->counts) || there->value(*field) == object->value(*field) ||
                    form(*field, *there, *object);
           });
  };
  const auto stands = [&](Id used) { return !other.find(used) || is_there(used); };
  const auto stands_in_all = [&](const Object& object) {
    return std::ranges::all_of(other.find(object.id)->needs, stands) && std::ranges::all_of(object.needs, stands);
  };
  const std::vector<const Object*> all = written.objects();
  const auto found = std::ranges::find_if(all, [&](const Object* object) { return path(object->id) == refused; });
  if (found == all.end() || !is_there((*found)->id)) return false;
  // One statement makes all that lies in its table, so that another part of it may be what is refused.
  const Id whole = outermost((*found)->id);
  return std::ranges::all_of(all, [&](const Object* object) {
    return outermost(object->id) != whole || !is_there(object->id) || stands_in_all(*object);
  });
}
}  // namespace

Side open_side(EarlyRead&& sketch, const SideContext& opening) {
  const auto& [ids, settings, shadow, other] = opening;
  auto& [source, written] = sketch;
  if (source.form == SourceForm::database) {
    postgres::Connection connection(source.where);
    Schema schema = read_live(connection, ids, settings);
    read_owners_of_template(connection, schema, settings);
    find_histories(connection, schema, settings);
    return {source, std::move(schema), connection.major(), {}};
  }
  if (source.form == SourceForm::yaml && !written && other) written = read_beside(source, ids, *other, settings);
  if (source.form == SourceForm::yaml && !written) written = read_source(source, ids, settings);
  if (!written && !shadow) written = read_source(source, ids, settings);
  if (written) count_versions(*written, settings);
  if (!shadow) return {source, std::move(*written), 0, {}};
  const Shadow::Database scratch = scratch_database(*shadow, settings);
  postgres::Connection connection = scratch.connect();
  try {
    const std::optional<Schema> part = written ? without_idle_owners(*written) : std::nullopt;
    if (written) build_objects(connection, part ? *part : *written, roles_of(*shadow), other);
    if (!written && source.form != SourceForm::empty) build(connection, source, roles_of(*shadow), settings);
  } catch (const Error& error) {
    const bool may_be_right = is_environment(error) || is_about_assumed(error, settings) ||
                              (written && other && has_been_reached(error.object, *written, *other));
    if (!may_be_right) throw with_age(error, *shadow);
    if (!written) written = read_source(source, ids, settings);
    return {source, std::move(*written), 0,
            concat(source.name(), " could not be built on the shadow server: ", error.what())};
  }
  Schema schema = read_live(connection, ids, settings);
  read_owners_of_template(connection, schema, settings);
  if (written) keep_wishes(*written, schema, shadow->major());
  if (!written && concern_of(Matter::version, settings) != Concern::off)
    count_said_versions(schema, read_source(source, ids, settings));
  return {source, std::move(schema), shadow->major(), {}};
}

namespace {
/// One text of an object on either side.
struct Pair {
  const FieldBase& field;
  const Object &from, &to;
};

class InForm {
 public:
  // Words of a server on one side alone hold what it added to those on the other.
  InForm(const Schema& from, const Schema& to, List* undecided, FormerNames former = {})
      : undecided_(undecided), one_is_read_((from.major == 0) != (to.major == 0)), from_is_read_(from.major != 0) {
    for (const Schema* schema : {&from, &to}) former.merge(former_names(*schema));
    old_form_ = comparable_in(from, former);
    new_form_ = comparable_in(to, std::move(former));
  }

  bool operator()(const FieldBase& field, const Object& from, const Object& to) const {
    const Pair pair{field, from, to};
    const Value &before = from.value(field), &after = to.value(field);
    if (const Text* a = std::get_if<Text>(&before), *b = std::get_if<Text>(&after); a && b) return same(*a, *b, pair);
    const List *a = std::get_if<List>(&before), *b = std::get_if<List>(&after);
    if (!a || !b || a->size() != b->size()) return false;
    for (std::size_t i = 0; i < a->size(); ++i)
      if (!same((*a)[i], (*b)[i], pair)) return false;
    return true;
  }

 private:
  NormalForm old_form_, new_form_;
  List* undecided_;
  bool one_is_read_, from_is_read_;

  bool same(const Text& a, const Text& b, const Pair& pair) const {
    const Text before = old_form_(pair.field, a, pair.from), after = new_form_(pair.field, b, pair.to);
    if (before == after) return true;
    const Role role = pair.field.role;
    if (!one_is_read_ || !row_of(role).only_server_tells) return false;
    if (!may_be_made_of(role, from_is_read_ ? before : after, from_is_read_ ? after : before)) return false;
    if (undecided_) undecided_->push_back(concat(pair.field.name, " of ", path(pair.from.id)));
    return true;
  }
};
}  // namespace

// What one server shows of a query is not always what it shows of that again (labels of a set operation's arms), and a
// table keeps the name that it had as its alias.
Same sameness(const Schema& from, const Schema& to, List* undecided) {
  const Same form = InForm(from, to, undecided);
  if (from.major == 0 || from.major != to.major) return form;
  return [form](const FieldBase& field, const Object& before, const Object& after) {
    return field.role == Role::query && form(field, before, after);
  };
}

namespace {
// What stands on a column of another type says the same in other words, as in `a > 0` and `a > (0)::numeric`, and is
// made anew in those.
bool stands_on_other_types(const Object& object, const Schema& schema, const Schema& other) {
  return std::ranges::any_of(object.needs, [&](Id used) {
    const Text here = type_of(used, schema), there = type_of(used, other);
    return !here.empty() && !there.empty() && here != there;
  });
}
}  // namespace

void take_words(Schema& schema, const Schema& other) {
  if (schema.major == 0 || schema.major != other.major) return;
  const Schema before = schema.copy();
  const Same form = same_in_form(before, other);
  schema.each([&](Object& object) {
    const Object* same = other.find(object.id);
    if (!same || stands_on_other_types(object, before, other)) return;
    for (const FieldBase* field : object.id->kind->fields)
      if (object.value(*field) != same->value(*field) && form(*field, object, *same))
        object.put(*field, same->value(*field));
  });
}

FormerNames former_names(const Schema& schema) {
  FormerNames names;
  schema.each([&](const Object& object) {
    if (object.renamed_from.empty() || !object.id->parent || object.id->parent->parent) return;
    const Id old = former_id(object, schema);
    names.emplace(qualified(object.id), old->name);
    names.emplace(qualified(old), object.id->name);
  });
  return names;
}

Same same_in_form(const Schema& from, const Schema& to, FormerNames former) {
  return InForm(from, to, nullptr, std::move(former));
}

}  // namespace quoin
