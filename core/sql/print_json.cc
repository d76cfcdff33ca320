#include "core/sql/print_printer.h"

// SQL/JSON's constructors, predicates and queries.
namespace quoin::ast::detail {

void Printer::json_format(Node format) {
  if (format["format_type"].text() != "JS_FORMAT_JSON" && format["format_type"].text() != "JS_FORMAT_JSONB") return;
  add(" FORMAT JSON");
  std::string_view encoding = format["encoding"].text();
  if (encoding.starts_with("JS_ENC_UTF")) add(" ENCODING ", lower(encoding.substr(7)));
}

void Printer::json_value(Node value) {
  expression(value["raw_expr"]);
  json_format(value["format"]);
}

void Printer::json_key_value(Node pair) {
  expression(pair["key"], primary);
  add(" VALUE ");
  json_value(pair["value"]);
}

void Printer::json_returning(Node output) {
  if (!output) return;
  add(" RETURNING ");
  type(output["typeName"]);
  json_format(output["returning"]["format"]);
}

void Printer::json_object(Node node) {
  add("JSON_OBJECT(");
  separated(node["exprs"].items(), &Printer::json_key_value);
  if (node["absent_on_null"].flag()) add(" ABSENT ON NULL");
  if (node["unique"].flag()) add(" WITH UNIQUE KEYS");
  json_returning(node["output"]);
  add(")");
}

void Printer::json_array(Node node) {
  add("JSON_ARRAY(");
  separated(node["exprs"].items(), &Printer::json_value);
  if (node["exprs"].size() > 0 && !node["absent_on_null"].flag()) add(" NULL ON NULL");
  json_returning(node["output"]);
  add(")");
}

void Printer::json_array_query(Node node) {
  add("JSON_ARRAY(");
  query(node["query"]);
  json_format(node["format"]);
  json_returning(node["output"]);
  add(")");
}

void Printer::json_agg_tail(Node constructor) {
  json_returning(constructor["output"]);
  add(")");
  if (constructor.has("agg_filter")) {
    add(" FILTER (WHERE ");
    expression(constructor["agg_filter"]);
    add(")");
  }
  if (constructor.has("over")) window(constructor["over"]);
}

void Printer::json_object_agg(Node node) {
  add("JSON_OBJECTAGG(");
  json_key_value(node["arg"]);
  if (node["absent_on_null"].flag()) add(" ABSENT ON NULL");
  if (node["unique"].flag()) add(" WITH UNIQUE KEYS");
  json_agg_tail(node["constructor"]);
}

void Printer::json_array_agg(Node node) {
  Node constructor = node["constructor"];
  add("JSON_ARRAYAGG(");
  json_value(node["arg"]);
  if (constructor["agg_order"].size() > 0) {
    add(" ORDER BY ");
    separated(constructor["agg_order"].items(), &Printer::sort_by);
  }
  if (!node["absent_on_null"].flag()) add(" NULL ON NULL");
  json_agg_tail(constructor);
}

void Printer::json_is(Node node) {
  expression(node["expr"], above(is_));
  add(" IS JSON");
  std::string_view kind = node["item_type"].text();
  if (kind == "JS_TYPE_OBJECT") add(" OBJECT");
  if (kind == "JS_TYPE_ARRAY") add(" ARRAY");
  if (kind == "JS_TYPE_SCALAR") add(" SCALAR");
  if (node["unique_keys"].flag()) add(" WITH UNIQUE KEYS");
}

void Printer::json_parse(Node node) {
  add("JSON(");
  json_value(node["expr"]);
  if (node["unique_keys"].flag()) add(" WITH UNIQUE KEYS");
  add(")");
}

void Printer::json_scalar(Node node) {
  add("JSON_SCALAR(");
  expression(node["expr"]);
  add(")");
}

void Printer::json_serialize(Node node) {
  add("JSON_SERIALIZE(");
  json_value(node["expr"]);
  json_returning(node["output"]);
  add(")");
}

void Printer::json_argument(Node argument) {
  json_value(argument["val"]);
  add(" AS ", quote_ident(argument["name"].text()));
}

void Printer::json_behavior(std::string_view event, Node behavior) {
  if (!behavior) return;
  Text words(behavior["btype"].text().substr(14));  // JSON_BEHAVIOR_EMPTY_ARRAY
  std::replace(words.begin(), words.end(), '_', ' ');
  add(" ", words);
  if (behavior.has("expr")) {
    add(" ");
    expression(behavior["expr"]);
  }
  add(" ON ", event);
}

void Printer::json_wrapper(Node node) {
  std::string_view wrapper = node["wrapper"].text(), quotes = node["quotes"].text();
  if (wrapper == "JSW_NONE" && node["coltype"].text() != "JTC_EXISTS") add(" WITHOUT WRAPPER");
  if (wrapper == "JSW_CONDITIONAL") add(" WITH CONDITIONAL WRAPPER");
  if (wrapper == "JSW_UNCONDITIONAL") add(" WITH UNCONDITIONAL WRAPPER");
  if (quotes == "JS_QUOTES_KEEP") add(" KEEP QUOTES");
  if (quotes == "JS_QUOTES_OMIT") add(" OMIT QUOTES");
}

void Printer::json_passing(Node list) {
  if (list.size() == 0) return;
  add(" PASSING ");
  separated(list.items(), &Printer::json_argument);
}

void Printer::json_function(Node node) {
  std::string_view op = node["op"].text();  // JSON_EXISTS_OP
  add(op.substr(0, op.size() - 3), "(");
  json_value(node["context_item"]);
  add(", ");
  expression(node["pathspec"]);
  json_passing(node["passing"]);
  json_returning(node["output"]);
  json_wrapper(node);
  json_behavior("EMPTY", node["on_empty"]);
  json_behavior("ERROR", node["on_error"]);
  add(")");
}

void Printer::json_path(Node path) {
  expression(path["string"]);
  if (path.has("name")) add(" AS ", quote_ident(path["name"].text()));
}

void Printer::json_table(Node node) {
  if (node["lateral"].flag()) add("LATERAL ");
  add("JSON_TABLE(");
  json_value(node["context_item"]);
  add(", ");
  json_path(node["pathspec"]);
  json_passing(node["passing"]);
  json_columns(node["columns"]);
  json_behavior("ERROR", node["on_error"]);
  add(")");
  alias(node);
}

void Printer::json_columns(Node list) {
  add(" COLUMNS (");
  separated(list.items(), &Printer::json_column);
  add(")");
}

void Printer::json_column(Node column) {
  std::string_view kind = column["coltype"].text();
  if (kind == "JTC_NESTED") {
    add("NESTED PATH ");
    json_path(column["pathspec"]);
    return json_columns(column["columns"]);
  }
  ident(column["name"].text());
  if (kind == "JTC_FOR_ORDINALITY") return add(" FOR ORDINALITY");
  add(" ");
  type(column["typeName"]);
  if (kind == "JTC_EXISTS") add(" EXISTS");
  json_format(column["format"]);
  if (column.has("pathspec")) {
    add(" PATH ");
    json_path(column["pathspec"]);
  }
  json_wrapper(column);
  json_behavior("EMPTY", column["on_empty"]);
  json_behavior("ERROR", column["on_error"]);
}

}  // namespace quoin::ast::detail
