#include "core/sql/print.h"

#include "core/sql/print_printer.h"

namespace quoin::ast {
namespace detail {

// NOLINTNEXTLINE(readability-function-size): one table
Printer::Method Printer::method_for(std::string_view tag) {
  static const std::unordered_map<std::string_view, Method> methods = {
      {"ColumnRef", &Printer::column_ref},
      {"A_Const", &Printer::constant},
      {"ParamRef", &Printer::param_ref},
      {"A_Star", &Printer::star},
      {"A_Expr", &Printer::operation},
      {"BoolExpr", &Printer::bool_expr},
      {"NullTest", &Printer::null_test},
      {"BooleanTest", &Printer::boolean_test},
      {"SubLink", &Printer::sub_link},
      {"TypeCast", &Printer::type_cast},
      {"CollateClause", &Printer::collate_clause},
      {"A_Indirection", &Printer::indirection},
      {"FuncCall", &Printer::function},
      {"SQLValueFunction", &Printer::value_function},
      {"CaseExpr", &Printer::case_expr},
      {"CoalesceExpr", &Printer::coalesce},
      {"MinMaxExpr", &Printer::min_max},
      {"RowExpr", &Printer::row},
      {"A_ArrayExpr", &Printer::array},
      {"GroupingFunc", &Printer::grouping},
      {"NamedArgExpr", &Printer::named_argument},
      {"SetToDefault", &Printer::set_to_default},
      {"CurrentOfExpr", &Printer::current_of},
      {"MergeSupportFunc", &Printer::merge_action},
      {"XmlExpr", &Printer::xml_expr},
      {"XmlSerialize", &Printer::xml_serialize},
      {"JsonObjectConstructor", &Printer::json_object},
      {"JsonArrayConstructor", &Printer::json_array},
      {"JsonArrayQueryConstructor", &Printer::json_array_query},
      {"JsonObjectAgg", &Printer::json_object_agg},
      {"JsonArrayAgg", &Printer::json_array_agg},
      {"JsonIsPredicate", &Printer::json_is},
      {"JsonParseExpr", &Printer::json_parse},
      {"JsonScalarExpr", &Printer::json_scalar},
      {"JsonSerializeExpr", &Printer::json_serialize},
      {"JsonFuncExpr", &Printer::json_function},
      {"SelectStmt", &Printer::select},
      {"InsertStmt", &Printer::insert},
      {"UpdateStmt", &Printer::update},
      {"DeleteStmt", &Printer::delete_},
      {"MergeStmt", &Printer::merge},
      {"ReturnStmt", &Printer::return_},
      {"NotifyStmt", &Printer::notify},
      {"List", &Printer::atomic_body},
      {"TypeName", &Printer::type},
      {"ResTarget", &Printer::target},
      {"SortBy", &Printer::sort_by},
      {"IndexElem", &Printer::index_element},
      {"PartitionElem", &Printer::index_element},
      {"GroupingSet", &Printer::group_item},
      {"RangeVar", &Printer::relation},
      {"RangeSubselect", &Printer::range_subselect},
      {"RangeFunction", &Printer::range_function},
      {"RangeTableFunc", &Printer::xml_table},
      {"RangeTableSample", &Printer::table_sample},
      {"JsonTable", &Printer::json_table},
      {"JoinExpr", &Printer::join},
      {"ColumnDef", &Printer::column_definition},
  };
  auto at = methods.find(tag);
  return at == methods.end() ? nullptr : at->second;
}

void Printer::node(Node node) {
  Method method = method_for(node.tag());
  if (method == nullptr) {
    Text what = node.tag().empty() ? Text("a node without a tag") : Text(node.tag());
    throw Error(Code::internal, concat("quoin has no words for ", what, " in a query or expression"), {},
                "report the statement that holds it");
  }
  (this->*method)(node);
}

void Printer::expression(Node expression, Precedence least) {
  if (precedence(expression) >= least) return node(expression);
  add("(");
  node(expression);
  add(")");
}

void Printer::b_expression(Node node) { expression(node, is_b_expr(node) ? none : above(primary)); }

void Printer::query(Node query) {
  if (query.tag().empty() && query.has("op"))
    return select(query);  // larg and rarg are SelectStmt by their field's type
  node(query);
}

void Printer::name(Node node) {
  if (node.has("relname")) {
    for (std::string_view part : {"catalogname", "schemaname"}) {
      if (node.has(part)) add(quote_ident(node[part].text()), ".");
    }
    return ident(node["relname"].text());
  }
  separated(node.items(), &Printer::name_item, ".");
}

void Printer::separated(std::span<const Node> items, Method each, std::string_view separator) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) add(separator);
    (this->*each)(items[i]);
  }
}

void Printer::line() {
  if (layout_ == Layout::flat) return add(" ");
  out_ += '\n';
  out_.append(indent_, ' ');
}

void Printer::clause(std::string_view keyword, Node list, Method each) {
  if (list.size() == 0) return;
  line();
  add(keyword, " ");
  separated(list.items(), each);
}

bool Printer::fits(Node node, Method print) const {
  constexpr std::size_t width = 72;
  Printer flat(Layout::flat);
  (flat.*print)(node);
  return flat.out_.size() + indent_ <= width;
}

void Printer::block(Node query, Method print) {
  add("(");
  if (layout_ == Layout::flat || fits(query, print)) {
    Layout before = std::exchange(layout_, Layout::flat);
    (this->*print)(query);
    layout_ = before;
  } else {
    indent_ += 2;
    line();
    (this->*print)(query);
    indent_ -= 2;
    line();
  }
  add(")");
}

}  // namespace detail

namespace {
Text printed(Node node, detail::Layout layout, void (detail::Printer::*print)(Node)) {
  detail::Printer printer(layout);
  (printer.*print)(node);
  return printer.take();
}
}  // namespace

Text print(Node node) { return printed(node, detail::Layout::flat, &detail::Printer::query); }
Text print_default(Node node) { return printed(node, detail::Layout::flat, &detail::Printer::b_expression); }
Text print_pretty(Node query) { return printed(query, detail::Layout::pretty, &detail::Printer::query); }
Text print_type(Node type_name) { return printed(type_name, detail::Layout::flat, &detail::Printer::type); }
Text print_name(Node name) { return printed(name, detail::Layout::flat, &detail::Printer::name); }

}  // namespace quoin::ast
