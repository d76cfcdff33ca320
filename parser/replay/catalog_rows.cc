#include "parser/replay/catalog_rows.h"

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

Perhaps text(const Text& value) { return KnownValue::of_text(value); }

Text type_of_table(const Text& relkind) { return relkind == "v" ? "VIEW" : relkind == "f" ? "FOREIGN" : "BASE TABLE"; }
Text type_of_constraint(const Text& contype) {
  return contype == "p" ? "PRIMARY KEY" : contype == "f" ? "FOREIGN KEY" : contype == "u" ? "UNIQUE" : "CHECK";
}

enum class From { schemas, relations, heirs, columns, constraints, policies, triggers, extensions };

struct CatalogRow {
  std::string_view schema, name;
  From from;
  std::string_view letters;  // of the relations, or constraints, that it lists; empty: all
  List columns;
  std::vector<Perhaps> (*cells)(const Listed&);
};

const std::vector<CatalogRow>& catalogs() {
  constexpr std::string_view own = "pg_catalog", standard = "information_schema";
  const auto named = [](const Listed& one) { return std::vector{text(one.schema), text(one.name)}; };
  const auto in_relation = [](const Listed& one) {
    return std::vector{text(one.schema), text(one.relation), text(one.name)};
  };
  static const std::vector<CatalogRow> all{
      {own,
       "pg_namespace",
       From::schemas,
       "",
       {"oid", "nspname"},
       [](const Listed& one) {
         return std::vector{text(one.name), text(one.name)};
       }},
      {standard,
       "schemata",
       From::schemas,
       "",
       {"schema_name"},
       [](const Listed& one) { return std::vector{text(one.name)}; }},
      {own,
       "pg_extension",
       From::extensions,
       "",
       {"extname"},
       [](const Listed& one) { return std::vector{text(one.name)}; }},
      {own,
       "pg_class",
       From::relations,
       "",
       {"oid", "relname", "relkind", "relnamespace", "relpartbound", "relispartition"},
       [](const Listed& one) {
         return std::vector{text(one.shown),
                            text(one.name),
                            text(one.letter),
                            text(one.schema),
                            one.bound.empty() ? Perhaps(KnownValue()) : text(one.bound),
                            Perhaps(KnownValue::of(!one.bound.empty()))};
       }},
      {own, "pg_tables", From::relations, "rp", {"schemaname", "tablename"}, named},
      {own, "pg_views", From::relations, "v", {"schemaname", "viewname"}, named},
      {own, "pg_matviews", From::relations, "m", {"schemaname", "matviewname"}, named},
      {own, "pg_sequences", From::relations, "S", {"schemaname", "sequencename"}, named},
      {standard, "sequences", From::relations, "S", {"sequence_schema", "sequence_name"}, named},
      {standard, "views", From::relations, "v", {"table_schema", "table_name"}, named},
      {standard,
       "tables",
       From::relations,
       "rpvf",
       {"table_schema", "table_name", "table_type"},
       [](const Listed& one) {
         return std::vector{text(one.schema), text(one.name), text(type_of_table(one.letter))};
       }},
      {own, "pg_indexes", From::relations, "i", {"schemaname", "tablename", "indexname"}, in_relation},
      {standard, "columns", From::columns, "", {"table_schema", "table_name", "column_name"}, in_relation},
      {own, "pg_policies", From::policies, "", {"schemaname", "tablename", "policyname"}, in_relation},
      {own,
       "pg_index",
       From::relations,
       "i",
       {"indexrelid", "indrelid"},
       [](const Listed& one) {
         return std::vector{text(one.shown), text(one.shown_relation)};
       }},
      {own,
       "pg_inherits",
       From::heirs,
       "",
       {"inhrelid", "inhparent"},
       [](const Listed& one) {
         return std::vector{text(one.shown), text(one.shown_relation)};
       }},
      {own,
       "pg_trigger",
       From::triggers,
       "",
       {"tgrelid", "tgname", "tgisinternal"},
       [](const Listed& one) {
         return std::vector{text(one.shown_relation), text(one.name), Perhaps(KnownValue::of(false))};
       }},
      {own,
       "pg_constraint",
       From::constraints,
       "",
       {"conname", "contype", "conrelid", "connamespace", "confrelid"},
       [](const Listed& one) {
         return std::vector{text(one.name), text(one.letter), text(one.shown_relation), text(one.schema),
                            text(one.shown_target)};
       }},
      {standard,
       "table_constraints",
       From::constraints,
       "pufc",
       {"constraint_schema", "table_schema", "table_name", "constraint_name", "constraint_type"},
       [](const Listed& one) {
         return std::vector{text(one.schema), text(one.schema), text(one.relation), text(one.name),
                            text(type_of_constraint(one.letter))};
       }},
  };
  return all;
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
  Rows(const CatalogRow& catalog, const Asked& asked) : catalog_(catalog), asked_(asked) {
    found_.columns = catalog.columns;
  }

  KnownRows all() && {
    asked_.lookup.schema().each([&](const Object& object) { take(object); });
    for (const Slot& slot : asked_.beyond.names)
      if (slot.space == space_of(catalog_.from)) add_unmodelled(slot);
    add(of_server(catalog_.from), true);
    if (!asked_.all_known || !asked_.beyond.unknown.empty())
      found_.all.push_back({std::vector<Perhaps>(found_.columns.size()), true});
    return std::move(found_);
  }

 private:
  const CatalogRow& catalog_;
  const Asked& asked_;
  KnownRows found_;

  Text shown(Id relation) const {
    const Id schema = schema_of(relation);
    const Found found = asked_.lookup.find(space::relation, {{}, relation->name});
    const bool is_seen = found.id == relation;
    return is_seen || !schema ? quote_ident(relation->name) : quote_qualified(schema->name, relation->name);
  }

  void add(const Listed& one, bool maybe) {
    const bool has_letter = !catalog_.letters.empty();
    if (has_letter && (one.letter.empty() || catalog_.letters.find(one.letter) == std::string_view::npos) && !maybe)
      return;
    found_.all.push_back({catalog_.cells(one), maybe});
  }

  void take_heir(const Object& object, Listed one) {
    one.shown = shown(object.id);
    for (const Text& parent : parents_in_catalog(object)) {
      const Id id = asked_.lookup.find(space::relation, written(std::string_view(parent))).id;
      one.shown_relation = id ? shown(id) : parent;
      add(one, asked_.maybe_made.contains(object.id));
    }
  }

  void add_unmodelled(const Slot& slot) {
    KnownRows::Row row{catalog_.cells({slot.scope ? slot.scope->name : Text(), {}, slot.name, slot.name, {}, {}}),
                       true};
    for (Perhaps& cell : row.cells)
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
      if (const Id target = id->kind->edge(object, asked_.lookup.schema()).to) one.shown_target = shown(target);
    add(one, asked_.maybe_made.contains(id));
  }
};
}  // namespace

std::optional<KnownRows> ReplayedCatalogs::rows(std::string_view schema, std::string_view name) const {
  const auto found = std::ranges::find_if(catalogs(), [&](const CatalogRow& one) {
    return one.name == name && (one.schema == schema || (schema.empty() && one.schema == "pg_catalog"));
  });
  constexpr std::size_t most = 20'000'000;
  if (found == catalogs().end() || asked_.looked_at > most) return std::nullopt;
  asked_.looked_at += asked_.lookup.schema().size();
  return Rows(*found, asked_).all();
}

Perhaps ReplayedCatalogs::relation(const Text& name) const {
  const Written wanted = written(std::string_view(name));
  const Found found = asked_.lookup.find(space::relation, wanted);
  if (found.state == Found::State::missing && asked_.all_known) return KnownValue();
  if (found.state != Found::State::there || found.id->name != wanted.name || asked_.maybe_made.contains(found.id))
    return std::nullopt;
  const bool is_seen = asked_.lookup.find(space::relation, {{}, wanted.name}).id == found.id;
  const Id schema = schema_of(found.id);
  return text(is_seen || !schema ? quote_ident(wanted.name) : quote_qualified(schema->name, wanted.name));
}

Perhaps ReplayedCatalogs::current_schema() const {
  return asked_.lookup.path().empty() ? std::nullopt : text(asked_.lookup.path()[0]->name);
}

std::optional<bool> ReplayedCatalogs::exists(ast::Node select) const { return quoin::exists(select, asked_); }

}  // namespace quoin
