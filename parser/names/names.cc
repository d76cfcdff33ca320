#include "parser/names/names.h"

#include "core/sql/print.h"
#include "parser/names/operators.h"
#include "parser/names/resolver.h"

namespace quoin {

void Qualify::qualify(ast::Node names, const Text& schema) {
  if (schema.empty() || names.size() != 1) return;
  const ast::Node parts[] = {tree_.make_text("String", schema), names.items()[0]};
  names.set_items(parts);
}

void Qualify::relation(ast::Node range_var, const Found& found) {
  if (found.id) used.push_back(found.id);
  if (!found.schema.empty() && !range_var.has("schemaname"))
    range_var.set("schemaname", tree_.make_text("", found.schema));
}

void Qualify::relation_text(ast::Node constant, const Found& found) {
  if (found.id) used.push_back(found.id);
  if (found.schema.empty()) return;
  const Written name = written(constant["sval"].text());
  constant.set("sval", tree_.make_text("String", quote_qualified(found.schema, name.name)));
}

void Qualify::column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t) {
  if (typed_ && reference && column.id) types.emplace_back(reference, type_of(column.id, *typed_));
  if (column.id) used.push_back(column.id);
  if (!column.id && source.relation) used.push_back(source.relation);
}

void Qualify::target(ast::Node, const Source&, Id column) {
  if (column) used.push_back(column);
}

void Qualify::routine(ast::Node names, const std::vector<Id>& overloads, const Found& found) {
  if (overloads.size() == 1) used.push_back(overloads[0]);
  if (overloads.size() > 1) maybe.insert(maybe.end(), overloads.begin(), overloads.end());
  if (overloads.empty() && found.id) used.push_back(found.id);
  qualify(names, found.schema);
}

void Qualify::named(std::string_view, ast::Node names, const Found& found) {
  if (found.id) used.push_back(found.id);
  qualify(names, found.schema);
}

void Qualify::key(Id id) { used.push_back(id); }

void Qualify::missing(Missing one) { absent.push_back(std::move(one)); }

Id relation_of(const Object& object, const Lookup& lookup) {
  if (const FieldBase* field = object.id->kind->relation) {
    const Text* name = std::get_if<Text>(&object.value(*field));
    return name ? lookup.find(space::relation, written(std::string_view(*name))).id : Id();
  }
  const auto is_column = [](const Object& child) { return child.id->kind->is_column(); };
  if (lookup.schema().any_child(object.id, is_column)) return object.id;  // a table's own texts see its columns
  // A schema is not asked: it has no columns, and may hold half the database. Of a relation not all may be known.
  for (Id id = object.id->parent; id && id->parent; id = id->parent)
    if (lookup.schema().any_child(id, is_column) || lookup.knows_columns(id)) return id;
  return {};
}

namespace {
bool is_query(const Kind& kind) {
  return std::ranges::any_of(kind.fields, [](const FieldBase* field) { return field->role == Role::query; });
}
}  // namespace

Walk walk_for(const Object& object, const Lookup& lookup, Mentions& mentions, const ast::Tree& tree) {
  Walk walk(lookup, mentions, tree);
  const Id relation = relation_of(object, lookup);
  if (!relation) {
    if (!is_query(*object.id->kind)) walk.allow_unknown_columns();  // a query's columns are all in its own FROM clauses
    return walk;
  }
  Source source{.alias = relation->name, .relation = relation, .columns = {lookup, relation}};
  walk.add_source(source);
  if (object.id->kind->has(sees_no_columns)) return walk;
  source.named = source.hidden = true;
  for (const char* row : {"new", "old"}) {
    source.alias = row;
    walk.add_source(source);
  }
  return walk;
}

namespace {
/// resolve() of one object.
class Resolution {
 public:
  Resolution(Object& object, const Lookup& lookup, Fragments* kept) : object_(object), lookup_(lookup), kept_(kept) {}

  std::vector<Missing> run() {
    for (const FieldBase* field : object_.id->kind->fields) resolve_field(*field);
    return std::move(absent_);
  }

 private:
  Object& object_;
  const Lookup& lookup_;
  Fragments* kept_;
  std::vector<Missing> absent_;
  Id named_relation_;  // what the last field of Role::relation names

  void resolve_field(const FieldBase& field) {
    const Value& value = object_.value(field);
    if (field.counts == Counts::derived || value.index() == 0) return;
    if (const Text* text = std::get_if<Text>(&value)) {
      if (Text now = resolved(field, *text); now != *text) object_.put(field, std::move(now));
    } else if (const List* items = std::get_if<List>(&value)) {
      List now;
      for (const Text& item : *items) now.push_back(resolved(field, item));
      if (now != *items) object_.put(field, std::move(now));
    }
  }

  Text resolved(const FieldBase& field, const Text& text) {
    if (has_syntax(field.role)) return syntax(field.role, text);
    const RoleRow& row = row_of(field.role);
    if (row.column == ColumnOf::own_relation) column(relation_of(object_, lookup_), text);
    if (row.column == ColumnOf::relation_before) column(named_relation_, text);
    if (row.space == space::routine) return routine(text);
    if (!row.space.empty()) return name(row.space, text);
    return field.role == Role::owned_by ? owner(text) : text;
  }

  Text syntax(Role role, const Text& text) {
    if (object_.id->signature.empty() && is_builtin_type(role, text)) return text;
    std::optional<Fragment> kept = kept_ != nullptr ? kept_->take(role, text) : std::nullopt;
    const Fragment fragment = kept ? *std::move(kept) : parse_fragment(role, text);
    if (!object_.id->signature.empty()) forget_modifiers(fragment);
    Qualify names(fragment.tree, lookup_.schema());
    Walk walk = walk_for(object_, lookup_, names, fragment.tree);
    if (role == Role::query) {
      derive_columns(walk.query(fragment.node));
    } else {
      walk_fragment(role, fragment, walk);
    }
    take(names);
    if (role == Role::type || role == Role::member)
      return is_as_printed(fragment) ? text : print_fragment(role, fragment);
    const KnownTypes types{names.types, type_of(object_.id->parent, lookup_.schema())};
    for (Id extension : qualify_operators(fragment.tree, fragment.node, types, lookup_)) object_.need(extension);
    if (is_as_printed(fragment)) return text;
    return role == Role::query ? ast::print_pretty(fragment.node) : print_fragment(role, fragment);
  }

  static void forget_modifiers(const Fragment& fragment) {
    for (ast::Node type : {fragment.node, fragment.node["typeName"]})
      if (type.has("names")) fragment.tree.forget_modifiers(type);
  }

  void take(Qualify& names) {
    for (const Id used : names.used)
      if (used->parent != object_.id) object_.need(used);  // a child needs its parent anyway
    object_.want(names.maybe);
    for (Missing& one : names.absent) absent_.push_back(std::move(one));
  }

  void derive_columns(std::optional<std::vector<Lookup::Column>> columns) {
    const FieldBase* derived = shown_columns(*object_.id->kind);
    if (!derived) return;
    if (!columns) return object_.put(*derived, Value());
    // Names that the statement gave stand; there may be fewer of them than columns.
    const List* given = std::get_if<List>(&object_.value(*derived));
    List names = given ? *given : List();
    for (std::size_t i = names.size(); i < columns->size(); ++i) names.push_back(quote_ident((*columns)[i].name));
    object_.put(*derived, std::move(names));
  }

  Text name(std::string_view in, const Text& text) {
    const Written as_written = written(std::string_view(text));
    const Found found = lookup_.find(in, as_written);
    if (found.is_missing()) absent_.push_back(lookup_.missing(in, as_written, found));
    if (found.id) object_.need(found.id);
    if (in == space::relation) named_relation_ = found.id;
    if (in == space::collation && found.state == Found::State::builtin)
      return quote_qualified("pg_catalog", as_written.name);
    return found.schema.empty() ? text : quote_qualified(found.schema, as_written.name);
  }

  Text routine(const Text& text) {
    const Written as_written = written(std::string_view(text));
    const Found found = lookup_.find(space::routine, as_written);
    if (found.is_missing()) absent_.push_back(lookup_.missing(space::routine, as_written, found));
    const std::vector<Id> all = lookup_.routines(as_written);
    // Called without arguments: a trigger's function.
    for (Id one : all)
      if (all.size() == 1 || one->signature == "()") object_.need(one);
    if (all.empty() && found.id) object_.need(found.id);
    if (!found.schema.empty()) return quote_qualified(found.schema, as_written.name);
    const bool is_bare = found.state == Found::State::builtin && as_written.schema.empty();
    return is_bare ? concat("pg_catalog.", text) : text;
  }

  void column(Id relation, const Text& column_name) {
    if (!relation) return;
    if (!lookup_.knows_columns(relation)) {  // not all are known, but this one may be
      if (const Id there = lookup_.schema().holder({space::column, relation, column_name, {}})) object_.need(there);
      return;
    }
    if (const auto found = lookup_.column(relation, column_name)) return object_.need(found->id ? found->id : relation);
    absent_.push_back({space::column, schema_of(relation)->name, concat(relation->name, ".", column_name), Text::npos});
  }

  Text owner(const Text& text) {
    List parts = name_parts(text);
    if (parts.size() < 2) return text;
    const Text column_name = parts.back();
    parts.pop_back();
    const Written table{parts.size() > 1 ? parts[0] : Text(), parts.back()};
    const Found found = lookup_.find(space::relation, table);
    if (found.is_missing()) absent_.push_back(lookup_.missing(space::relation, table, found));
    if (!found.id) return text;
    column(found.id, column_name);
    return concat(qualified(found.id), ".", quote_ident(column_name));
  }
};
}  // namespace

bool is_builtin_type(Role role, std::string_view text) {
  static constexpr std::string_view words[] = {"integer",          "bigint", "smallint",  "boolean",
                                               "double precision", "real",   "character", "bit"};
  if (role != Role::type) return false;
  const std::string_view word = text.substr(0, std::min(text.find_first_of("([ "), text.size()));
  return builtin::has(builtin::What::type, word) || std::ranges::count(words, word) || text == words[4];
}

void names_in_query(ast::Node node, const std::function<void(const QueryName&)>& visit) {
  if (node.has("relname")) visit({space::relation, written(node)});
  if (node.is("FuncCall")) visit({space::routine, written(node["funcname"])});
  if (node.has("names")) visit({space::type, written(node["names"])});
  for (const ast::Node item : node) names_in_query(item, visit);
  for (const auto& [name, field] : node.fields()) names_in_query(field, visit);
}

std::vector<Missing> resolve(Object& object, const Lookup& lookup, Fragments* kept) {
  return Resolution(object, lookup, kept).run();
}

std::vector<Missing> resolve(Object& object, const Schema& schema, const List& search_path) {
  return resolve(object, Lookup(schema, search_path));
}

}  // namespace quoin
