#include "parser/replay/result_type.h"

#include <algorithm>
#include <unordered_map>

#include "core/sql/print.h"

namespace quoin {

namespace {
constexpr std::string_view moment = "timestamp with time zone", local_moment = "timestamp without time zone";

/// Functions whose results have one type, whatever they take.
const std::unordered_map<std::string_view, std::string_view>& fixed() {
  static const std::unordered_map<std::string_view, std::string_view> all{{"count", "bigint"},
                                                                          {"row_number", "bigint"},
                                                                          {"rank", "bigint"},
                                                                          {"dense_rank", "bigint"},
                                                                          {"now", moment},
                                                                          {"clock_timestamp", moment},
                                                                          {"concat", "text"},
                                                                          {"concat_ws", "text"},
                                                                          {"format", "text"},
                                                                          {"to_char", "text"},
                                                                          {"replace", "text"},
                                                                          {"regexp_replace", "text"},
                                                                          {"split_part", "text"},
                                                                          {"md5", "text"},
                                                                          {"quote_ident", "text"},
                                                                          {"initcap", "text"},
                                                                          {"gen_random_uuid", "uuid"},
                                                                          {"jsonb_build_object", "jsonb"},
                                                                          {"jsonb_agg", "jsonb"},
                                                                          {"jsonb_object_agg", "jsonb"},
                                                                          {"to_jsonb", "jsonb"},
                                                                          {"json_build_object", "json"},
                                                                          {"json_agg", "json"},
                                                                          {"to_json", "json"},
                                                                          {"row_to_json", "json"},
                                                                          {"char_length", "integer"},
                                                                          {"bool_and", "boolean"},
                                                                          {"bool_or", "boolean"},
                                                                          {"random", "double precision"},
                                                                          {"to_date", "date"},
                                                                          {"make_date", "date"},
                                                                          {"array_length", "integer"},
                                                                          {"cardinality", "integer"}};
  return all;
}

bool is_text(std::string_view type) { return type == "text" || type.starts_with("character varying"); }
bool is_whole(std::string_view type) { return type == "integer" || type == "bigint" || type == "smallint"; }
bool is_time(std::string_view type) { return type == moment || type == local_moment; }

/// Without length and precision, where what is left is a type of its own.
Text bare(std::string_view type) {
  if (type.starts_with("numeric")) return "numeric";
  static constexpr std::string_view plain[] = {"integer", "bigint",     "smallint",        "text", "date", "real",
                                               moment,    local_moment, "double precision"};
  if (is_text(type)) return "text";
  return std::ranges::count(plain, type) > 0 ? Text(type) : Text();
}

class Typed {
 public:
  explicit Typed(const std::function<Text(ast::Node)>& of_column) : of_column_(of_column) {}

  Text of(ast::Node node) const {
    const std::string_view tag = node.tag();
    if (tag == "TypeCast") return ast::print_type(node["typeName"]);
    if (tag == "ColumnRef") return of_column_(node);
    if (tag == "A_Const")
      return node.has("ival") ? "integer" : node.has("sval") ? "text" : node.has("boolval") ? "boolean" : "";
    if (tag == "FuncCall") return of_call(node);
    if (tag == "A_Expr") return of_operator(node);
    if (tag == "BoolExpr" || tag == "NullTest" || tag == "BooleanTest") return "boolean";
    if (tag == "SubLink") return node["subLinkType"].text() == "EXISTS_SUBLINK" ? "boolean" : "";
    if (tag == "CoalesceExpr") return common(node["args"].items());
    if (tag == "CaseExpr") {
      std::vector<ast::Node> results;
      for (ast::Node when : node["args"]) results.push_back(when["result"]);
      if (node.has("defresult")) results.push_back(node["defresult"]);
      return common(results);
    }
    const std::string_view what = node["op"].text();
    if (tag == "SQLValueFunction")
      return what == "SVFOP_CURRENT_DATE" ? "date" : what == "SVFOP_CURRENT_TIMESTAMP" ? Text(moment) : Text();
    return {};
  }

 private:
  const std::function<Text(ast::Node)>& of_column_;

  /// Of those that are not NULL, the one type.
  Text common(std::span<const ast::Node> all) const {
    Text one;
    for (ast::Node node : all) {
      if (node["isnull"].flag()) continue;
      const Text type = of(node);
      if (type.empty() || (!one.empty() && one != type)) return {};
      one = type;
    }
    return one;
  }

  Text of_call(ast::Node node) const {
    const List parts = node["funcname"].texts();
    if (parts.empty() || (parts.size() == 2 && parts[0] != "pg_catalog") || parts.size() > 2) return {};
    const Text& name = parts.back();
    if (const auto found = fixed().find(name); found != fixed().end()) return Text(found->second);
    const std::span<const ast::Node> arguments = node["args"].items();
    const Text first = arguments.empty() ? Text() : of(arguments[0]), type = bare(first);
    if (name == "date_trunc" && arguments.size() == 2) {
      const Text cut = of(arguments[1]);
      return is_time(cut) ? cut : Text();
    }
    if (type.empty()) return {};
    if (name == "max" || name == "min") return type;
    if (name == "sum")
      return is_whole(type) && type != "bigint" ? "bigint" : type == "bigint" || type == "numeric" ? "numeric" : "";
    if (name == "avg") return is_whole(type) || type == "numeric" ? "numeric" : "";
    if (name == "length" && is_text(type)) return "integer";
    static constexpr std::string_view of_texts[] = {"lower", "upper", "btrim", "substring", "substr",
                                                    "left",  "right", "lpad",  "rpad",      "string_agg"};
    return is_text(type) && std::ranges::count(of_texts, name) > 0 ? "text" : "";
  }

  Text of_operator(ast::Node node) const {
    const std::string_view kind = node["kind"].text();
    if (kind == "AEXPR_NULLIF") return {};
    if (kind != "AEXPR_OP") return "boolean";
    const List name = node["name"].texts();
    if (name.size() != 1 || !node.has("lexpr")) return {};
    const Text left = bare(of(node["lexpr"])), right = bare(of(node["rexpr"]));
    static constexpr std::string_view comparing[] = {"=", "<>", "<", ">", "<=", ">=", "~", "!~", "~*"};
    if (left.empty() || right.empty()) return {};
    if (std::ranges::count(comparing, name[0]) > 0) return "boolean";
    if (name[0] == "||") return left == "text" && right == "text" ? "text" : "";
    if (name[0] != "+" && name[0] != "-" && name[0] != "*") return {};
    if (left == right && (is_whole(left) || left == "numeric")) return left;
    if (left == "date" && name[0] != "*")
      return right == "integer" ? "date" : right == "date" && name[0] == "-" ? "integer" : "";
    return left == right && is_time(left) && name[0] == "-" ? "interval" : "";
  }
};
}  // namespace

Text result_type(ast::Node expression, const std::function<Text(ast::Node)>& of_column) {
  return Typed(of_column).of(expression);
}

}  // namespace quoin
