#include "parser/names/renaming.h"

#include "core/sql/print.h"
#include "parser/names/names.h"

namespace quoin {

namespace {
class Rewrite : public Mentions {
 public:
  Rewrite(const ast::Tree& tree, const Renamed& renamed) : tree_(tree), renamed_(renamed) {}

  void relation(ast::Node range_var, const Found& found) override {
    const Id now = renamed(found.id);
    if (!now) return;
    range_var.set("relname", tree_.make_text("", now->name));
    range_var.set("schemaname", tree_.make_text("", schema_of(now)->name));
  }
  void relation_text(ast::Node constant, const Found& found) override {
    if (const Id now = renamed(found.id)) constant.set("sval", tree_.make_text("String", qualified(now)));
  }
  void column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t) override {
    const Id now = renamed(column.id), table = source.named ? Id() : renamed(source.relation);
    if (!reference || (!now && !table)) return;
    std::vector<ast::Node> parts;
    if (reference["fields"].size() > 1) parts.push_back(tree_.make_text("String", table ? table->name : source.alias));
    parts.push_back(tree_.make_text("String", now ? now->name : column.name));
    reference["fields"].set_items(parts);
  }
  void target(ast::Node res_target, const Source&, Id column) override {
    if (const Id now = renamed(column)) res_target.set("name", tree_.make_text("", now->name));
  }
  void routine(ast::Node names, const std::vector<Id>& overloads, const Found&) override {
    for (Id one : overloads)
      if (const Id now = renamed(one)) return put(names, now);
  }
  void named(std::string_view, ast::Node names, const Found& found) override {
    if (const Id now = renamed(found.id)) put(names, now);
  }
  void missing(Missing) override {}

 private:
  const ast::Tree& tree_;
  const Renamed& renamed_;

  Id renamed(Id id) const {
    const auto found = renamed_.find(id);
    return found == renamed_.end() ? Id() : found->second;
  }
  void put(ast::Node names, Id now) {
    const ast::Node parts[] = {tree_.make_text("String", schema_of(now)->name), tree_.make_text("String", now->name)};
    names.set_items(parts);
  }
};

/// The columns that queries give keep their names when those of tables change: they become labels, at every depth.
class Labels {
 public:
  explicit Labels(ast::Node query) { collect(query); }
  void keep(const ast::Tree& tree) const {
    for (const auto& [target, name] : names_)
      if (figured_name(target["val"]) != name) target.set("name", tree.make_text("", name));
  }

 private:
  std::vector<std::pair<ast::Node, Text>> names_;

  void collect(ast::Node node) {
    for (ast::Node target : node["targetList"])
      if (target.is("ResTarget") && target["name"].text().empty() && target["val"])
        names_.emplace_back(target, figured_name(target["val"]));
    for (ast::Node item : node.items()) collect(item);
    for (const auto& [name, value] : node.fields()) collect(value);
  }
};

Text rewritten(const FieldBase& field, const Text& text, const Object& object,
               std::pair<const Lookup&, const Renamed&> with) {
  const auto& [lookup, renamed] = with;
  const auto now = [&renamed = renamed](Id id) {
    const auto found = renamed.find(id);
    return found == renamed.end() ? Id() : found->second;
  };
  if (has_syntax(field.role)) {
    Fragment fragment = parse_fragment(field.role, text);
    const Labels labels(field.role == Role::query ? fragment.node : ast::Node());
    Rewrite names(fragment.tree, renamed);
    Walk walk = walk_for(object, lookup, names, fragment.tree);
    walk_fragment(field.role, fragment, walk);
    labels.keep(fragment.tree);
    return print_fragment(field.role, fragment);
  }
  const RoleRow& row = row_of(field.role);
  if (row.column != ColumnOf::nothing) return text;  // by rewrite()
  const Written name = written(std::string_view(text));
  if (row.space == space::routine) {
    for (Id one : lookup.routines(name))
      if (const Id id = now(one)) return qualified(id);
  } else if (!row.space.empty()) {
    const Id id = now(lookup.find(row.space, name).id);
    return id ? qualified(id) : text;
  }
  if (field.role == Role::owned_by) {
    const List parts = name_parts(text);
    const Written table{parts.size() > 2 ? parts[parts.size() - 3] : Text(), parts[parts.size() - 2]};
    const Id relation = lookup.find(space::relation, table).id;
    for (const auto& [from, to] : renamed)
      if (relation && from->parent == relation && from->name == parts.back())
        return concat(qualified(to->parent), ".", quote_ident(to->name));
  }
  return text;
}
}  // namespace

void rewrite(Object& object, const Schema& schema, const Renamed& renamed) {
  const Lookup lookup(schema, {});
  const Id relation = relation_of(object, lookup);
  Id named;                                             // what the last field of Role::relation named, before
  std::vector<std::pair<const FieldBase*, Value>> all;  // put at the end, since one field tells what another means
  auto column = [&](Id of, const Text& name) {
    for (const auto& [from, to] : renamed)
      if (of && from->parent == of && from->name == name && slots_of(Object(from))[0].space == space::column)
        return to->name;
    return name;
  };
  for (const FieldBase* field : object.id->kind->fields) {
    const Value value = object.value(*field);
    if (value.index() == 0 || field->counts == Counts::derived) continue;
    auto one = [&](const Text& text) {
      if (field->role == Role::relation) named = lookup.find(space::relation, written(std::string_view(text))).id;
      if (row_of(field->role).column == ColumnOf::own_relation) return column(relation, text);
      if (row_of(field->role).column == ColumnOf::relation_before) return column(named, text);
      return rewritten(*field, text, object, {lookup, renamed});
    };
    if (const Text* text = std::get_if<Text>(&value)) all.emplace_back(field, one(*text));
    if (const List* items = std::get_if<List>(&value)) {
      List now;
      for (const Text& item : *items) now.push_back(one(item));
      all.emplace_back(field, std::move(now));
    }
  }
  for (auto& [field, value] : all) object.put(*field, std::move(value));
}

void collect_renamed(const Schema& schema, Id from, Id to, Renamed& renamed) {
  renamed[from] = to;
  for (const Object* child : schema.children(from))
    collect_renamed(schema, child->id, schema.ids().of(*child->id->kind, to, child->id->name, child->id->signature),
                    renamed);
}

std::vector<Id> users_of(const Renamed& renamed, Schema& schema) {
  std::vector<Id> all;
  for (const auto& [old, now] : renamed) {
    for (Id user : schema.users(old)) all.push_back(user);
    if (old->kind->is_column()) all.push_back(old->parent);  // its own texts may name it
  }
  std::ranges::sort(all, {}, [](Id id) { return id->number; });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void rename_in_texts(Schema& schema, Id old_id, Id new_id) {
  // Names are looked up in the schema as it was, where texts still mean what they say.
  schema.rename(new_id, old_id);
  Renamed renamed;
  collect_renamed(schema, old_id, new_id, renamed);
  for (Id user : users_of(renamed, schema)) {
    Object& object = *schema.find(user);
    const Object before = object;
    try {
      rewrite(object, schema, renamed);
    } catch (const Error& error) {
      object = before;
      schema.notes.push_back(concat(path(user), " mentions ", path(old_id), ", but cannot be read: ", error.what()));
    }
  }
  schema.rename(old_id, new_id);
}

}  // namespace quoin
