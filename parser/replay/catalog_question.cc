#include "parser/replay/catalog_question.h"

#include "parser/replay/catalog_rows.h"

namespace quoin {

namespace {
using Answer = std::optional<bool>;

Answer no(Answer one) { return one ? Answer(!*one) : one; }
Answer both(Answer a, Answer b) {
  if (a == false || b == false) return false;
  return a && b ? Answer(true) : std::nullopt;
}
Answer either(Answer a, Answer b) { return no(both(no(a), no(b))); }
/// Of AND, OR and NOT, by the answers of `part` to what they join.
template <class Part>
Answer joined(ast::Node condition, Part part) {
  const std::string_view operation = condition["boolop"].text();
  Answer all = operation != "OR_EXPR";
  for (ast::Node argument : condition["args"]) {
    const Answer one = part(argument);
    if (operation == "NOT_EXPR") return no(one);
    all = operation == "OR_EXPR" ? either(all, one) : both(all, one);
  }
  return all;
}

/// What a catalog or a view of it lists: everything that holds a name in a name space.
enum class Lists { all, in_relation, with_columns };
struct CatalogTable {
  std::string_view schema, name;
  std::string_view space;
  Lists lists;
  std::string_view own, of_schema, holder;  // columns: its name, its schema's, its table's
  std::string_view holder_number{};         // oid of the table
};
constexpr std::string_view catalog = "pg_catalog", standard = "information_schema";
constexpr CatalogTable tables[] = {
    {catalog, "pg_indexes", space::relation, Lists::in_relation, "indexname", "schemaname", "tablename"},
    {catalog, "pg_class", space::relation, Lists::all, "relname", "nspname", ""},
    {catalog, "pg_namespace", space::schema, Lists::all, "nspname", "", ""},
    {catalog, "pg_type", space::type, Lists::all, "typname", "nspname", ""},
    {catalog, "pg_proc", space::routine, Lists::all, "proname", "nspname", ""},
    {catalog, "pg_extension", space::extension, Lists::all, "extname", "", ""},
    {catalog, "pg_trigger", space::trigger, Lists::all, "tgname", "", "", "tgrelid"},
    {catalog, "pg_constraint", space::constraint, Lists::all, "conname", "nspname", "", "conrelid"},
    {catalog, "pg_attribute", space::column, Lists::all, "attname", "", "", "attrelid"},
    {catalog, "pg_policies", space::policy, Lists::all, "policyname", "schemaname", "tablename"},
    {catalog, "pg_policy", space::policy, Lists::all, "polname", "", "", "polrelid"},
    {standard, "schemata", space::schema, Lists::all, "schema_name", "", ""},
    {standard, "tables", space::relation, Lists::with_columns, "table_name", "table_schema", ""},
    {standard, "columns", space::column, Lists::all, "column_name", "table_schema", "table_name"},
    {standard, "table_constraints", space::constraint, Lists::all, "constraint_name", "table_schema", "table_name"},
    {standard, "triggers", space::trigger, Lists::all, "trigger_name", "trigger_schema", "event_object_table"},
};

const CatalogTable* table_of(ast::Node range_var) {
  const std::string_view schema = range_var["schemaname"].text(), name = range_var["relname"].text();
  const auto found = std::ranges::find_if(tables, [&](const CatalogTable& table) {
    return table.name == name && (table.schema == schema || (schema.empty() && table.schema == catalog));
  });
  return found == std::end(tables) ? nullptr : found;
}

bool lists(const CatalogTable& table, const Object& object) {
  const bool in_relation = object.id->parent && object.id->parent->parent;
  if (table.lists == Lists::in_relation && !in_relation) return false;
  if (table.lists == Lists::with_columns) {
    const Slots slots = slots_of(object);  // with the type of its rows
    return std::ranges::count(slots, space::relation, &Slot::space) > 0 &&
           std::ranges::count(slots, space::type, &Slot::space) > 0;
  }
  const Slots slots = slots_of(object);
  return std::ranges::any_of(
      slots, [&](const Slot& slot) { return slot.space == table.space && slot.name == object.id->name; });
}

/// The conditions that all have to hold.
void each_part(ast::Node condition, const std::function<void(ast::Node)>& visit) {
  if (condition.is("BoolExpr") && condition["boolop"].text() == "AND_EXPR") {
    for (ast::Node part : condition["args"]) each_part(part, visit);
  } else if (condition) {
    visit(condition);
  }
}

std::string_view column_name(ast::Node node) {
  while (node.is("TypeCast")) node = node["arg"];
  const std::span<const ast::Node> fields =
      node.is("ColumnRef") ? node["fields"].items() : std::span<const ast::Node>();
  return fields.empty() || fields.size() > 2 ? std::string_view() : fields.back().text();
}

/// One SELECT from a catalog.
class Question {
 public:
  Question(ast::Node select, const QuestionContext& context) : context_(context), condition_(select["whereClause"]) {
    if (is_plain(select) && table_) look();
  }

  Answer exists() const {
    if (certain_ > 0) return true;
    return possible_ > 0 || !table_ ? std::nullopt : Answer(false);
  }
  std::optional<std::int64_t> count() const {
    return table_ && possible_ == 0 ? std::optional(certain_) : std::nullopt;
  }

 private:
  const QuestionContext& context_;
  ast::Node condition_;
  std::vector<ast::Node> joined_;
  const CatalogTable* table_ = nullptr;
  bool has_schemas_ = false;  // pg_namespace stands beside it
  std::int64_t certain_ = 0, possible_ = 0;
  std::unordered_set<Text> wanted_;

  bool is_plain(ast::Node select) {
    for (const char* more : {"groupClause", "havingClause", "withClause", "larg", "limitCount", "limitOffset"})
      if (select.has(more)) return false;
    const bool known = std::ranges::all_of(select["fromClause"].items(), [&](ast::Node one) { return take_from(one); });
    if (!known) table_ = nullptr;
    return known;
  }

  bool take_from(ast::Node from) {
    if (from.is("JoinExpr")) {
      if (from["jointype"].text() != "JOIN_INNER" || from.has("usingClause")) return false;
      joined_.push_back(from["quals"]);
      return take_from(from["larg"]) && take_from(from["rarg"]);
    }
    const CatalogTable* table = from.is("RangeVar") ? table_of(from) : nullptr;
    if (!table) return false;
    if (!table_) return table_ = table, true;
    const bool schemas_first = table_->space == space::schema;
    if (has_schemas_ || (table->space != space::schema && !schemas_first)) return false;
    if (schemas_first) table_ = table;
    return has_schemas_ = true;
  }

  std::optional<Text> constant(ast::Node node) const {
    while (node.is("TypeCast")) node = node["arg"];
    const List name = node.is("FuncCall") ? node["funcname"].texts() : List();
    const bool is_current =
        (name.size() == 1 && name[0] == "current_schema") || node["op"].text() == "SVFOP_CURRENT_SCHEMA";
    if (is_current)
      return context_.lookup.path().empty() ? std::nullopt : std::optional(context_.lookup.path()[0]->name);
    // A variable's name that is also a column's is the column.
    if (node.is("ColumnRef") && (node["fields"].size() > 1 || is_column(column_name(node)))) return std::nullopt;
    const MaybeValue value = Evaluation(context_.values, ReplayedCatalogs(context_)).value(node);
    return value && !value->is_null() ? std::optional(text_of(*value)) : std::nullopt;
  }

  bool is_column(std::string_view name) const {
    return name == table_->own || name == table_->of_schema || name == table_->holder || name == table_->holder_number;
  }

  /// The constants that a column is held against: = 'a', IN ('a', 'b'), = ANY (ARRAY['a', 'b']).
  std::optional<List> constants(ast::Node node) const {
    const ast::Node list = node.is("A_ArrayExpr") ? node["elements"] : node;
    if (list.tag().empty() || list.is("List")) {
      List all;
      for (ast::Node item : list) {
        auto one = constant(item);
        if (!one) return std::nullopt;
        all.push_back(*std::move(one));
      }
      return all;
    }
    auto one = constant(node);
    return one ? std::optional(List{*std::move(one)}) : std::nullopt;
  }

  static bool is_equality(ast::Node node) {
    const std::string_view kind = node["kind"].text();
    return node.is("A_Expr") && (kind == "AEXPR_OP" || kind == "AEXPR_IN" || kind == "AEXPR_OP_ANY") &&
           node["name"].texts() == List{"="};
  }

  void collect_wanted(ast::Node condition) {
    each_part(condition, [&](ast::Node part) {
      if (!is_equality(part)) return;
      ast::Node column = part["lexpr"], value = part["rexpr"];
      if (column_name(column) != table_->own) std::swap(column, value);
      if (column_name(column) != table_->own) return;
      if (const auto names = constants(value)) wanted_.insert(names->begin(), names->end());
    });
  }

  void look() {
    constexpr std::size_t most = 20'000'000;
    for (ast::Node joined : joined_) collect_wanted(joined);
    collect_wanted(condition_);
    const Schema& schema = context_.lookup.schema();
    context_.looked_at += schema.size() + context_.unmodelled.names.size();
    if (wanted_.empty() || context_.looked_at > most) return void(table_ = nullptr);
    schema.each([&](const Object& object) {
      if (wanted_.contains(object.id->name) && lists(*table_, object)) weigh(object);
    });
    for (const Slot& slot : context_.unmodelled.names)
      if (slot.space == table_->space && wanted_.contains(slot.name)) ++possible_;
    for (const Text& name : wanted_)
      if (!is_surely_absent(name)) ++possible_;
  }

  void weigh(const Object& object) {
    Answer met = holds(condition_, object);
    for (ast::Node joined : joined_) met = both(met, holds(joined, object));
    if (met == false) return;
    ++(met && !context_.maybe_made.contains(object.id) ? certain_ : possible_);
  }

  /// No object of the schema has the name; pg_catalog's or an extension's may.
  bool is_surely_absent(const Text& name) const {
    if (!context_.all_known) return false;
    static constexpr std::string_view found_by_name[] = {space::relation, space::type, space::routine};
    if (!std::ranges::count(found_by_name, table_->space)) return true;
    const Found found = context_.lookup.find(table_->space, {{}, name});
    return found.state == Found::State::missing || (found.state == Found::State::there && found.id->name == name);
  }

  Answer holds(ast::Node condition, const Object& object) const {
    if (!condition) return true;
    if (condition.is("BoolExpr")) return joined(condition, [&](ast::Node part) { return holds(part, object); });
    if (!is_equality(condition)) return std::nullopt;
    const ast::Node left = condition["lexpr"], right = condition["rexpr"];
    if (joins_schemas(left, right)) return true;
    if (const Answer same = is_in_table(left, right, object)) return same;
    if (const Answer same = is_in_table(right, left, object)) return same;
    const Answer met = is_among(left, right, object);
    return met || condition["kind"].text() != "AEXPR_OP" ? met : is_among(right, left, object);
  }

  bool joins_schemas(ast::Node left, ast::Node right) const {
    const std::string_view a = column_name(left), b = column_name(right);
    return has_schemas_ && ((a == "oid" && b.ends_with("namespace")) || (b == "oid" && a.ends_with("namespace")));
  }

  /// attrelid = 'users'::regclass.
  Answer is_in_table(ast::Node column, ast::Node value, const Object& object) const {
    if (table_->holder_number.empty() || column_name(column) != table_->holder_number || !value.is("TypeCast"))
      return std::nullopt;
    const List type = value["typeName"]["names"].texts();
    const auto name = constant(value);
    if (type.empty() || type.back() != "regclass" || !name) return std::nullopt;
    const Found found = context_.lookup.find(space::relation, written(std::string_view(*name)));
    return found.id ? Answer(found.id == object.id->parent) : std::nullopt;
  }

  Answer is_among(ast::Node column, ast::Node value, const Object& object) const {
    const std::string_view name = column_name(column);
    if (name.empty()) return std::nullopt;
    const Id schema = schema_of(object.id);
    const Id holder = object.id->parent && object.id->parent->parent ? object.id->parent : Id();
    const Text* held = name == table_->own                   ? &object.id->name
                       : name == table_->of_schema && schema ? &schema->name
                       : name == table_->holder && holder    ? &holder->name
                                                             : nullptr;
    if (!held) return std::nullopt;
    const std::optional<List> all = constants(value);
    return all ? Answer(std::ranges::count(*all, *held) > 0) : std::nullopt;
  }
};

/// count(*) in a SELECT that gives it, or holds it against a number.
Answer counted(ast::Node target, const std::optional<std::int64_t>& count, ast::Node number) {
  if (!count || !number["ival"] || !target.is("A_Expr")) return std::nullopt;
  const List operation = target["name"].texts();
  const std::int64_t wanted = number["ival"].number();
  if (operation == List{"="}) return *count == wanted;
  if (operation == List{">"}) return *count > wanted;
  if (operation == List{">="}) return *count >= wanted;
  if (operation == List{"<"}) return *count < wanted;
  return operation == List{"<>"} ? Answer(*count != wanted) : std::nullopt;
}

bool is_count(ast::Node node) {
  return node.is("FuncCall") && node["agg_star"].flag() && node["funcname"].texts().back() == "count" &&
         !node.has("agg_filter");
}

ast::Node only_target(ast::Node select) {
  const std::span<const ast::Node> targets = select["targetList"].items();
  return targets.size() == 1 ? targets[0]["val"] : ast::Node();
}

ast::Node select_in(ast::Node node, std::string_view kind) {
  return node.is("SubLink") && node["subLinkType"].text() == kind ? node["subselect"] : ast::Node();
}

Answer holds(ast::Node node, const QuestionContext& context) {
  if (const Answer known = Evaluation(context.values, ReplayedCatalogs(context)).holds(node)) return known;
  if (node.is("BoolExpr")) return joined(node, [&](ast::Node part) { return holds(part, context); });
  if (const ast::Node select = select_in(node, "EXISTS_SUBLINK")) return Question(select, context).exists();
  // (SELECT count(*) = 2 FROM …), (SELECT count(*) FROM …) = 2
  const ast::Node inner = select_in(node, "EXPR_SUBLINK"), outer = select_in(node["lexpr"], "EXPR_SUBLINK");
  if (const ast::Node target = only_target(inner); is_count(target["lexpr"]))
    return counted(target, Question(inner, context).count(), target["rexpr"]);
  if (is_count(only_target(outer))) return counted(node, Question(outer, context).count(), node["rexpr"]);
  return std::nullopt;
}
}  // namespace

Answer exists(ast::Node select, const QuestionContext& context) { return Question(select, context).exists(); }

Answer answer(std::string_view expression, const QuestionContext& context) {
  try {
    const ast::Tree tree = ast::Tree::parse_expression(expression);
    return holds(tree.root(), context);
  } catch (const Error&) { return std::nullopt; }  // more than SQL can say
}

}  // namespace quoin
