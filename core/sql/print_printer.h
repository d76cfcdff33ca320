// The printer behind core/sql/print: one walk over the tree that appends text. Only print*.cc include this.
#pragma once
#include "core/sql/print.h"

namespace quoin::ast::detail {

/// How tightly expressions bind, as in the server's gram.y, from OR to what needs no parentheses anywhere.
enum Precedence : int {
  none,
  or_,
  and_,
  not_,
  is_,
  compare,
  like,
  op,
  plus,
  times,
  power,
  at_zone,
  collate,
  minus,
  cast,
  primary
};
Precedence precedence(Node expression);
inline Precedence above(Precedence p) { return static_cast<Precedence>(p + 1); }
/// True if the grammar takes the expression without parentheses where it asks for a b_expr (DEFAULT, BETWEEN …).
bool is_b_expr(Node);

enum class Layout { flat, pretty };

class Printer {
 public:
  explicit Printer(Layout layout) : layout_(layout) {}
  Text take() { return std::move(out_); }

  /// Any node that print() knows.
  void node(Node);
  /// An expression, in parentheses where it binds less than `least`.
  void expression(Node, Precedence least = none);
  void b_expression(Node);
  void query(Node);
  void type(Node);
  void name(Node);  // list of String or RangeVar

 private:
  using Method = void (Printer::*)(Node);
  static Method method_for(std::string_view tag);

  // print.cc: words, lists and breaks
  template <typename... Parts>
  void add(const Parts&... parts) {
    (out_.append(std::string_view(parts)), ...);
  }
  void ident(std::string_view text) { out_ += quote_ident(text); }
  void separated(std::span<const Node> items, Method each, std::string_view separator = ", ");
  void expressions(Node list) { separated(list.items(), &Printer::any_expression); }
  void any_expression(Node item) { expression(item); }
  void name_item(Node item) { ident(item.text()); }
  void names(Node list) { separated(list.items(), &Printer::name_item); }
  void line();                                                    // a space, or a new line where it is pretty
  void clause(std::string_view keyword, Node list, Method each);  // nothing for an empty list
  void block(Node query, Method print);  // ( … ), over several lines where it is pretty and long
  bool fits(Node node, Method print) const;
  void subquery(Node query) { block(query, &Printer::query); }

  // print_expr.cc
  void column_ref(Node);
  void constant(Node);
  void param_ref(Node);
  void star(Node) { add("*"); }
  void operation(Node);
  void binary(Node);
  void pattern(Node);
  void between(Node);
  void in_list(Node);
  void any_or_all(Node);
  void distinct_from(Node);
  void operator_name(Node list);
  void bool_expr(Node);
  void null_test(Node);
  void boolean_test(Node);
  void sub_link(Node);
  void type_cast(Node);
  void collate_clause(Node);
  void indirection(Node);
  void indirection_items(Node list);

  // print_func.cc
  void function(Node);
  void function_arguments(Node);
  void function_tail(Node);
  void window(Node);  // behind OVER
  void window_body(Node);
  void frame(Node);
  void value_function(Node);
  void case_expr(Node);
  void coalesce(Node);
  void min_max(Node);
  void row(Node);
  void array(Node);
  void grouping(Node);
  void named_argument(Node);
  void set_to_default(Node) { add("DEFAULT"); }
  void current_of(Node);
  void merge_action(Node) { add("MERGE_ACTION()"); }

  // print_syntax.cc
  bool sql_syntax(Node);
  void sql_call(std::string_view keyword, Node call, std::initializer_list<std::string_view> words);
  void zone(Node);
  void overlaps(Node);
  void is_normalized(Node);
  void normalize(Node);
  void extract(Node);
  void position(Node);
  void trim_call(std::string_view side, Node call);
  void xml_exists(Node);

  // print_xml.cc, print_json.cc
  void xml_expr(Node);
  void xml_list(Node);
  void xml_element(Node);
  void xml_pi(Node);
  void xml_document(Node);
  void xml_namespace(Node);
  void xml_parse(Node);
  void xml_root(Node);
  void xml_serialize(Node);
  void xml_table(Node);
  void xml_column(Node);
  void json_object(Node);
  void json_array(Node);
  void json_array_query(Node);
  void json_object_agg(Node);
  void json_array_agg(Node);
  void json_agg_tail(Node);
  void json_key_value(Node);
  void json_value(Node);
  void json_format(Node);
  void json_returning(Node output);
  void json_is(Node);
  void json_parse(Node);
  void json_scalar(Node);
  void json_serialize(Node);
  void json_function(Node);
  void json_argument(Node);
  void json_behavior(std::string_view event, Node);
  void json_wrapper(Node);
  void json_passing(Node list);
  void json_path(Node);
  void json_table(Node);
  void json_columns(Node list);
  void json_column(Node);

  // print_select.cc
  void select(Node);
  void select_core(Node);
  void set_operation(Node);
  enum class Side { left, right };
  void set_operand(Node, Node parent, Side);
  void values(Node);
  void values_row(Node);
  void target(Node);
  void into(Node);
  void order_and_limit(Node);
  void limit(Node);
  void locking(Node);
  void sort_by(Node);
  void group_item(Node);
  void window_definition(Node);
  void where(Node condition);
  void with(Node with_clause);
  void common_table(Node);
  void bare_constant(Node);
  void search_and_cycle(Node);
  void targets(Node list);

  // print_from.cc
  void from_item(Node);
  void relation(Node);
  void alias(Node);
  void range_subselect(Node);
  void range_function(Node);
  void function_item(Node);
  void column_definition(Node);
  void join(Node);
  void table_sample(Node);

  // print_dml.cc
  void insert(Node);
  void insert_column(Node);
  void on_conflict(Node);
  void class_options(Node of_an_operator_class);
  void index_element(Node);
  void update(Node);
  void assignments(Node list);
  void delete_(Node);
  void merge(Node);
  void merge_when(Node);
  void returning(Node);
  void return_(Node);
  void notify(Node);
  void atomic_body(Node);

  // print_type.cc
  void type_modifiers(Node);
  void numeric_modifiers(Node typmods);
  void interval_fields(Node typmods);

  Layout layout_;
  Text out_;
  std::size_t indent_ = 0;
};

}  // namespace quoin::ast::detail
