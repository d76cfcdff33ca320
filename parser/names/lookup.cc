#include "parser/names/lookup.h"

#include "core/model/member.h"

#include <optional>

namespace quoin {

namespace {
using builtin::What;

std::optional<What> what_of(std::string_view in) {
  if (in == space::type) return What::type;
  if (in == space::routine) return What::routine;
  if (in == space::relation) return What::relation;
  if (in == space::operator_class) return What::operator_class;
  return std::nullopt;
}

bool is_extension(const Kind& kind) { return kind.members_schema != nullptr; }

/// A collation that every server has.
bool is_everywhere(std::string_view collation) {
  return collation == "default" || collation == "C" || collation == "POSIX" || collation == "ucs_basic";
}

bool pg_catalog_has(std::string_view in, std::string_view name) {
  if (const auto what = what_of(in)) return builtin::has(*what, name);
  return in == space::collation && (is_everywhere(name) || name == "unicode" || name.find('-') != Text::npos ||
                                    name.find('_') != Text::npos);  // en-x-icu, en_US, pg_c_utf8
}
}  // namespace

Text schema_of_extension(const Object& extension) {
  const FieldBase* field = extension.id->kind->members_schema;
  const Text* name = field ? std::get_if<Text>(&extension.value(*field)) : nullptr;
  return name ? *name : Text("public");
}

bool is_system_schema(std::string_view name) {
  return name == "pg_catalog" || name == "information_schema" || name == "pg_toast";
}

Written written(ast::Node node) {
  if (node.has("relname")) return {Text(node["schemaname"].text()), Text(node["relname"].text())};
  const ast::Node names = node.has("names") ? node["names"] : node;
  const std::span<const ast::Node> parts = names.items();
  if (parts.empty()) return {{}, Text(names.text())};
  return {parts.size() > 1 ? Text(parts[parts.size() - 2].text()) : Text(), Text(parts.back().text())};
}
Written written(const List& parts) { return {parts.size() > 1 ? parts[parts.size() - 2] : Text(), parts.back()}; }

Written written(std::string_view sql_name) {
  List parts = name_parts(sql_name);
  return {parts.size() > 1 ? parts[parts.size() - 2] : Text(), parts.back()};
}

Lookup::Lookup(const Schema& schema, const List& search_path, const UnmodelledNames* unmodelled)
    : schema_(schema), unmodelled_(unmodelled), temporary_(schema_named(temporary_schema)) {
  for (const Text& name : search_path) {
    if (name == "pg_catalog") before_catalog_ = path_.size();
    const Id id = schema_named(name);
    if (id && !std::ranges::count(path_, id)) path_.push_back(id);
    has_unknown_schema_ |= !id && unmodelled_ && unmodelled_->names.contains({space::schema, Id(), name, {}});
  }
  schema.each_child(Id(), [this](const Object& object) {
    if (!is_extension(*object.id->kind)) return;
    extensions_.push_back(&object);
    has_unknown_extension_ = has_unknown_extension_ || !builtin::known_extension(object.id->name);
  });
  std::ranges::sort(extensions_, {}, &Object::id);
}

Id Lookup::schema_named(std::string_view name) const {
  // Most names are written with a schema of the path.
  for (const Id id : path_)
    if (id->name == name && schema_.find(id)) return id;
  return schema_.holder({space::schema, Id(), Text(name), {}});
}

bool Lookup::is_unknown(Id id) const {
  if (!unmodelled_) return false;
  for (; id; id = id->parent)
    if (unmodelled_->unknown.contains(id)) return true;
  return false;
}

Id Lookup::holder(std::string_view in, Id schema, const Text& name) const {
  if (in != space::routine && in != space::operator_class) return schema_.holder({in, schema, name, {}});
  const std::vector<Id> all = schema_.holders(in, schema, name);
  return all.empty() ? Id() : all[0];
}

Found Lookup::of_extensions(std::string_view in, Id schema, const Text& name) const {
  const auto what = what_of(in);
  if (!what) return {};
  for (const Object* extension : extensions_) {
    const Text home = schema_of_extension(*extension);
    if (schema && schema->name != home) continue;
    if (builtin::extension_has(extension->id->name, *what, name)) return {Found::State::there, extension->id, home};
  }
  return {};
}

Found Lookup::in_schema(std::string_view in, Id schema, const Text& name) const {
  if (const Id id = holder(in, schema, name)) return {Found::State::there, id, schema->name};
  if (unmodelled_ && unmodelled_->names.contains({in, schema, name, {}}))
    return {Found::State::unknown, {}, schema->name};
  return {};
}

Found Lookup::find(std::string_view in, const Written& written) const {
  const bool in_temporary = written.schema == temporary_schema || written.schema.empty();
  if (temporary_ && in_temporary && in != space::routine)
    if (Found found = in_schema(in, temporary_, written.name); !found.is_missing()) return found;
  if (is_system_schema(written.schema)) return {Found::State::builtin};
  std::span<const Id> schemas = path_;
  Id schema_said;
  if (written.schema.empty()) {
    // Whether pg_catalog has a collation is guessed from its name, so that those of the schemas are looked for before.
    const bool is_guessed = in == space::collation && !is_everywhere(written.name);
    for (Id schema : std::span(path_).first(is_guessed ? path_.size() : before_catalog_))
      if (Found found = in_schema(in, schema, written.name); !found.is_missing()) return found;
    if (pg_catalog_has(in, written.name)) return {Found::State::builtin};
  } else {
    schema_said = schema_named(written.schema);
    if (!schema_said && unmodelled_ && unmodelled_->names.contains({space::schema, Id(), written.schema, {}}))
      return {Found::State::unknown};
    if (!schema_said) return {.state = Found::State::missing, .no_schema = true};
    schemas = {&schema_said, 1};
  }
  for (Id schema : schemas) {
    if (Found found = in_schema(in, schema, written.name); !found.is_missing()) return found;
    if (Found found = of_extensions(in, schema, written.name); !found.is_missing()) return found;
    if (is_unknown(schema)) return {Found::State::unknown};
  }
  if (has_unknown_schema_ && written.schema.empty()) return {Found::State::unknown};
  if (has_unknown_extension_ && what_of(in)) return {Found::State::unknown};
  return {};
}

std::vector<Id> Lookup::routines(const Written& written) const {
  if (is_system_schema(written.schema)) return {};
  const Id schema = written.schema.empty() ? Id() : schema_named(written.schema);
  if (schema) return schema_.holders(space::routine, schema, written.name);
  std::vector<Id> all;
  if (written.schema.empty())
    for (Id id : path_) {
      const std::vector<Id> here = schema_.holders(space::routine, id, written.name);
      all.insert(all.end(), here.begin(), here.end());
    }
  return all;
}

Found Lookup::find_by_signature(std::string_view in, const Written& written, const Text& signature) const {
  const Id named = written.schema.empty() ? Id() : schema_named(written.schema);
  for (Id schema : named ? std::vector<Id>{named} : written.schema.empty() ? path_ : std::vector<Id>())
    if (const Id id = schema_.holder({in, schema, written.name, signature}))
      return {Found::State::there, id, schema->name};
  return {};
}

Missing Lookup::missing(std::string_view in, const Written& name, const Found& found) const {
  if (found.no_schema) return {space::schema, {}, name.schema, Text::npos};
  return {in, name.schema, name.name, Text::npos};
}

namespace {
/// The types of pg_catalog that people mean when they mistype one.
const List everyday_types{"bigint",   "bigserial", "boolean", "bytea",   "char",      "cidr",
                          "citext",   "date",      "decimal", "inet",    "int",       "integer",
                          "interval", "json",      "jsonb",   "money",   "numeric",   "real",
                          "serial",   "smallint",  "text",    "time",    "timestamp", "timestamptz",
                          "timetz",   "tsvector",  "uuid",    "varchar", "xml",       "double precision"};
}  // namespace

List Lookup::candidates(std::string_view in, const Written& name) const {
  List names;
  if (in == space::type && name.schema.empty()) names = everyday_types;
  const Id only = name.schema.empty() ? Id() : schema_named(name.schema);
  schema_.each([&](const Object& object) {
    for (const Slot& slot : slots_of(object))
      if (slot.space == in && (!only || slot.scope == only)) names.push_back(slot.name);
  });
  return names;
}

const FieldBase* shown_columns(const Kind& kind) {
  for (const FieldBase* field : kind.fields)
    if (field->role == Role::member && field->counts == Counts::derived) return field;
  return nullptr;
}

namespace {
bool is_column(const Object& object) { return object.id->kind->is_column(); }

/// The names that follow from a relation's query; null: it has none, or they are not known.
const List* derived_columns(const Object& relation) {
  const FieldBase* field = shown_columns(*relation.id->kind);
  return field ? std::get_if<List>(&relation.value(*field)) : nullptr;
}
Text derived_name(const Text& item) { return name_parts(member_of(item).name).back(); }
}  // namespace

bool Lookup::has_column_objects(Id relation) const { return schema_.any_child(relation, is_column); }

std::optional<std::vector<Lookup::Column>> Lookup::columns(Id relation) const {
  if (!knows_columns(relation)) return std::nullopt;
  std::vector<Column> all;
  for (const Object* child : schema_.children(relation))
    if (is_column(*child)) all.push_back({child->id->name, child->id});
  if (all.empty())
    for (const Text& item : *derived_columns(*schema_.find(relation))) all.push_back({derived_name(item), Id()});
  return all;
}

bool Lookup::knows_columns(Id relation) const {
  const Object* object = schema_.find(relation);
  return object && !is_unknown(relation) && (has_column_objects(relation) || derived_columns(*object));
}

std::optional<Lookup::Column> Lookup::column(Id relation, const Text& name) const {
  if (!knows_columns(relation)) return std::nullopt;
  if (has_column_objects(relation)) {
    const Id id = schema_.holder({space::column, relation, name, {}});
    return id ? std::optional(Column{name, id}) : std::nullopt;
  }
  const Text spelled = quote_ident(name);
  for (const Text& item : *derived_columns(*schema_.find(relation)))
    if (item.starts_with(spelled) && derived_name(item) == name) return Column{name, Id()};
  return std::nullopt;
}

}  // namespace quoin
