#include "parser/replay/catalog_rows.h"

#include <array>

#include "kinds/catalog_letters.h"

namespace quoin {

namespace {
using Of = KnownValue::Kind;

/// What a row is made of: an object, or what stands for all those that a server has of its own.
struct Listed {
  Text schema, relation, name;  // relation: that it belongs to; empty: it belongs to none
  Text shown, shown_relation;   // as regclass shows it, and what it belongs to
  Text letter;                  // relkind or contype
  Text bound{};                 // of a partition
  Text shown_target{};          // what a foreign key refers to
};

MaybeValue text(const Text& value) { return KnownValue::of_text(value); }

Text type_of_table(const Text& relkind) { return relkind == "v" ? "VIEW" : relkind == "f" ? "FOREIGN" : "BASE TABLE"; }
Text type_of_constraint(const Text& contype) {
  return contype == "p" ? "PRIMARY KEY" : contype == "f" ? "FOREIGN KEY" : contype == "u" ? "UNIQUE" : "CHECK";
}

enum class From { schemas, relations, heirs, columns, constraints, policies, triggers, extensions };

/// What a cell tells of what is listed.
enum class Cell {
  schema,
  relation,
  name,
  shown,
  shown_relation,
  shown_target,
  letter,
  bound,
  has_bound,
  type_of_table,
  type_of_constraint,
  no
};
struct Column {
  std::string_view name;
  Cell cell = Cell::no;
};

struct CatalogRow {
  std::string_view schema, name;
  From from;
  std::string_view letters;       // of the relations, or constraints, that it lists; empty: all
  std::array<Column, 6> columns;  // those that are known; the last ones may have no name
};

constexpr std::string_view own = "pg_catalog", standard = "information_schema";
constexpr CatalogRow catalogs[] = {
    {own, "pg_namespace", From::schemas, "", {{{"oid", Cell::name}, {"nspname", Cell::name}}}},
    {standard, "schemata", From::schemas, "", {{{"schema_name", Cell::name}}}},
    {own, "pg_extension", From::extensions, "", {{{"extname", Cell::name}}}},
    {own,
     "pg_class",
     From::relations,
     "",
     {{{"oid", Cell::shown},
       {"relname", Cell::name},
       {"relkind", Cell::letter},
       {"relnamespace", Cell::schema},
       {"relpartbound", Cell::bound},
       {"relispartition", Cell::has_bound}}}},
    {own, "pg_tables", From::relations, "rp", {{{"schemaname", Cell::schema}, {"tablename", Cell::name}}}},
    {own, "pg_views", From::relations, "v", {{{"schemaname", Cell::schema}, {"viewname", Cell::name}}}},
    {own, "pg_matviews", From::relations, "m", {{{"schemaname", Cell::schema}, {"matviewname", Cell::name}}}},
    {own, "pg_sequences", From::relations, "S", {{{"schemaname", Cell::schema}, {"sequencename", Cell::name}}}},
    {standard, "sequences", From::relations, "S", {{{"sequence_schema", Cell::schema}, {"sequence_name", Cell::name}}}},
    {standard, "views", From::relations, "v", {{{"table_schema", Cell::schema}, {"table_name", Cell::name}}}},
    {standard,
     "tables",
     From::relations,
     "rpvf",
     {{{"table_schema", Cell::schema}, {"table_name", Cell::name}, {"table_type", Cell::type_of_table}}}},
    {own,
     "pg_indexes",
     From::relations,
     "i",
     {{{"schemaname", Cell::schema}, {"tablename", Cell::relation}, {"indexname", Cell::name}}}},
    {standard,
     "columns",
     From::columns,
     "",
     {{{"table_schema", Cell::schema}, {"table_name", Cell::relation}, {"column_name", Cell::name}}}},
    {own,
     "pg_policies",
     From::policies,
     "",
     {{{"schemaname", Cell::schema}, {"tablename", Cell::relation}, {"policyname", Cell::name}}}},
    {own, "pg_index", From::relations, "i", {{{"indexrelid", Cell::shown}, {"indrelid", Cell::shown_relation}}}},
    {own, "pg_inherits", From::heirs, "", {{{"inhrelid", Cell::shown}, {"inhparent", Cell::shown_relation}}}},
    {own,
     "pg_trigger",
     From::triggers,
     "",
     {{{"tgrelid", Cell::shown_relation}, {"tgname", Cell::name}, {"tgisinternal", Cell::no}}}},
    {own,
     "pg_constraint",
     From::constraints,
     "",
     {{{"conname", Cell::name},
       {"contype", Cell::letter},
       {"conrelid", Cell::shown_relation},
       {"connamespace", Cell::schema},
       {"confrelid", Cell::shown_target}}}},
    {standard,
     "table_constraints",
     From::constraints,
     "pufc",
     {{{"constraint_schema", Cell::schema},
       {"table_schema", Cell::schema},
       {"table_name", Cell::relation},
       {"constraint_name", Cell::name},
       {"constraint_type", Cell::type_of_constraint}}}},
};

MaybeValue value_of(Cell cell, const Listed& one) {
  switch (cell) {
    case Cell::schema:
      return text(one.schema);
    case Cell::relation:
      return text(one.relation);
    case Cell::name:
      return text(one.name);
    case Cell::shown:
      return text(one.shown);
    case Cell::shown_relation:
      return text(one.shown_relation);
    case Cell::shown_target:
      return text(one.shown_target);
    case Cell::letter:
      return text(one.letter);
    case Cell::bound:
      return one.bound.empty() ? MaybeValue(KnownValue()) : text(one.bound);
    case Cell::has_bound:
      return KnownValue::of(!one.bound.empty());
    case Cell::type_of_table:
      return text(type_of_table(one.letter));
    case Cell::type_of_constraint:
      return text(type_of_constraint(one.letter));
    case Cell::no:
      break;
  }
  return KnownValue::of(false);
}

List names_of_columns(const CatalogRow& catalog) {
  List names;
  for (const Column& column : catalog.columns)
    if (!column.name.empty()) names.emplace_back(column.name);
  return names;
}

std::vector<MaybeValue> cells_of(const CatalogRow& catalog, const Listed& one) {
  std::vector<MaybeValue> cells;
  for (const Column& column : catalog.columns)
    if (!column.name.empty()) cells.push_back(value_of(column.cell, one));
  return cells;
}

std::string_view space_of(From from) {
  switch (from) {
    case From::schemas:
      return space::schema;
    case From::relations:
    case From::heirs:
      return space::relation;
    case From::columns:
      return space::column;
    case From::constraints:
      return space::constraint;
    case From::policies:
      return space::policy;
    case From::triggers:
      return space::trigger;
    case From::extensions:
      break;
  }
  return space::extension;
}

/// One of those that the server has of its own.
Listed of_server(From from) {
  Listed one{"pg_catalog", "pg_class", "pg_class_oid_index", "pg_class_oid_index", "pg_class", "p"};
  if (from == From::relations) one = {"pg_catalog", "", "pg_class", "pg_class", "", "r"};
  if (from == From::columns) one.name = "oid";
  if (from == From::schemas) one.name = "pg_catalog";
  if (from == From::extensions) one.name = "plpgsql";
  return one;
}

class Rows {
 public:
  Rows(const CatalogRow& catalog, const QuestionContext& context) : catalog_(catalog), context_(context) {
    found_.columns = names_of_columns(catalog);
  }

  KnownRows all() && {
    context_.lookup.schema().each([&](const Object& object) { take(object); });
    for (const Slot& slot : context_.unmodelled.names)
      if (slot.space == space_of(catalog_.from)) add_unmodelled(slot);
    add(of_server(catalog_.from), true);
    if (!context_.all_known || !context_.unmodelled.unknown.empty())
      found_.all.push_back({std::vector<MaybeValue>(found_.columns.size()), true});
    return std::move(found_);
  }

 private:
  const CatalogRow& catalog_;
  const QuestionContext& context_;
  KnownRows found_;

  Text shown(Id relation) const {
    const Id schema = schema_of(relation);
    const Found found = context_.lookup.find(space::relation, {{}, relation->name});
    const bool is_seen = found.id == relation;
    return is_seen || !schema ? quote_ident(relation->name) : quote_qualified(schema->name, relation->name);
  }

  void add(const Listed& one, bool maybe) {
    const bool has_letter = !catalog_.letters.empty();
    if (has_letter && (one.letter.empty() || catalog_.letters.find(one.letter) == std::string_view::npos) && !maybe)
      return;
    found_.all.push_back({cells_of(catalog_, one), maybe});
  }

  void take_heir(const Object& object, Listed one) {
    one.shown = shown(object.id);
    for (const Text& parent : parents_in_catalog(object)) {
      const Id id = context_.lookup.find(space::relation, written(std::string_view(parent))).id;
      one.shown_relation = id ? shown(id) : parent;
      add(one, context_.maybe_made.contains(object.id));
    }
  }

  void add_unmodelled(const Slot& slot) {
    KnownRows::Row row{cells_of(catalog_, {slot.scope ? slot.scope->name : Text(), {}, slot.name, slot.name, {}, {}}),
                       true};
    for (MaybeValue& cell : row.cells)
      if (cell && cell->kind == Of::text && cell->text.empty()) cell.reset();
    found_.all.push_back(std::move(row));
  }

  void take(const Object& object) {
    const Id id = object.id;
    const std::string_view in = space_of(catalog_.from);
    const Slots slots = slots_of(object);
    if (std::ranges::none_of(slots, [&](const Slot& slot) { return slot.space == in && slot.name == id->name; }))
      return;
    const Id schema = schema_of(id), holder = id->parent && id->parent->parent ? id->parent : Id();
    Listed one{schema ? schema->name : Text(), holder ? holder->name : Text(), id->name, {}, {}, {}};
    if (one.schema == temporary_schema) return;
    if (catalog_.from == From::constraints) one.letter = contype_of(*id->kind);
    if (catalog_.from == From::relations) {
      one.letter = relkind_of(object);
      if (one.letter.empty()) one.letter = contype_of(*id->kind).empty() ? "" : "i";  // the index of a constraint
      one.shown = shown(id);
      one.bound = partition_bound(object);
    }
    if (holder) one.shown_relation = shown(holder);
    if (catalog_.from == From::heirs) return take_heir(object, one);
    if (catalog_.from == From::constraints && one.letter.empty()) return;
    if (catalog_.from == From::constraints && id->kind->edge)
      if (const Id target = id->kind->edge(object, context_.lookup.schema()).to) one.shown_target = shown(target);
    add(one, context_.maybe_made.contains(id));
  }
};
}  // namespace

std::optional<KnownRows> ReplayedCatalogs::rows(std::string_view schema, std::string_view name) const {
  const auto found = std::ranges::find_if(catalogs, [&](const CatalogRow& one) {
    return one.name == name && (one.schema == schema || (schema.empty() && one.schema == "pg_catalog"));
  });
  constexpr std::size_t most = 20'000'000;
  if (found == std::end(catalogs) || context_.looked_at > most) return std::nullopt;
  context_.looked_at += context_.lookup.schema().size();
  return Rows(*found, context_).all();
}

MaybeValue ReplayedCatalogs::relation(const Text& name) const {
  const Written wanted = written(std::string_view(name));
  const Found found = context_.lookup.find(space::relation, wanted);
  if (found.state == Found::State::missing && context_.all_known) return KnownValue();
  if (found.state != Found::State::there || found.id->name != wanted.name || context_.maybe_made.contains(found.id))
    return std::nullopt;
  const bool is_seen = context_.lookup.find(space::relation, {{}, wanted.name}).id == found.id;
  const Id schema = schema_of(found.id);
  return text(is_seen || !schema ? quote_ident(wanted.name) : quote_qualified(schema->name, wanted.name));
}

MaybeValue ReplayedCatalogs::current_schema() const {
  return context_.lookup.path().empty() ? std::nullopt : text(context_.lookup.path()[0]->name);
}

std::optional<bool> ReplayedCatalogs::exists(ast::Node select) const { return quoin::exists(select, context_); }

}  // namespace quoin
