#include "parser/normal/alike.h"

#include "core/sql/print.h"

namespace quoin {

namespace {
/// `a_1` for `a`: what ruleutils.c shows for the second of two equal aliases (set_rtable_names()).
bool is_numbered(std::string_view read, std::string_view written) {
  if (!read.starts_with(written) || read.size() < written.size() + 2 || read[written.size()] != '_') return false;
  return read.find_first_not_of("0123456789", written.size() + 1) == std::string_view::npos;
}
bool is_alias_of(std::string_view read, std::string_view written) {
  return read == written || is_numbered(read, written);
}

bool same_name(const List& read, const List& written) {
  if (read.empty() || written.empty()) return read == written;
  const bool system = written.size() == 1 || read.size() == 1;  // pg_catalog may be said or not
  return system ? read.back() == written.back() : read == written;
}

/// A constant of a tsvector, as it looks: words that are sorted, and each quoted.
bool is_of_words(ast::Node constant) {
  const std::string_view text = constant["sval"].text();
  return constant.is("A_Const") && text.size() > 1 && text.starts_with('\'') && text.ends_with('\'');
}
List words_of(ast::Node constant) {
  Text text(constant["sval"].text());
  std::erase(text, '\'');
  List words = split(text, ' ');
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

class Likeness {
 public:
  bool of(ast::Node read, ast::Node written) const {
    if (!read || !written) return !read && !written;
    if (read.is("TypeCast")) {
      if (is_of_words(read["arg"]) && written.is("A_Const")) return words_of(read["arg"]) == words_of(written);
      const bool both = written.is("TypeCast") && same_type(read, written);
      return of(read["arg"], both ? written["arg"] : written);
    }
    // The server drops a cast to the type that a value has anyway. Of columns simplify() has dropped those.
    const ast::Node cast = written.is("TypeCast") ? written["arg"] : ast::Node();
    if (cast.is("FuncCall") || cast.is("A_Expr") || cast.is("SubLink")) return of(read, cast);
    if (read.tag() != written.tag()) return false;
    if (read.is("ColumnRef")) return column(read["fields"].texts(), written["fields"].texts());
    if (read.is("FuncCall")) return call(read, written);
    if (read.is("RangeVar")) return relation(read, written);
    if (read.is("A_Const") && is_of_words(read) && words_of(read) == words_of(written)) return true;
    if (read.is("A_Const")) return ast::print(read) == ast::print(written);
    return items(read, written) && fields(read, written, {});
  }

 private:
  static bool same_type(ast::Node read, ast::Node written) {
    return ast::print_type(read["typeName"]) == ast::print_type(written["typeName"]);
  }
  static bool column(const List& read, const List& written) {
    if (read.size() < written.size() || read.empty() || read.back() != written.back()) return false;
    return written.size() < 2 || is_alias_of(read[read.size() - 2], written[written.size() - 2]);
  }
  bool call(ast::Node read, ast::Node written) const {
    return same_name(read["funcname"].texts(), written["funcname"].texts()) &&
           fields(read, written, {"funcname", "funcformat"});
  }
  bool relation(ast::Node read, ast::Node written) const {
    const std::string_view schema = read["schemaname"].text(), other = written["schemaname"].text();
    const bool same_schema = schema == other || (schema.empty() && other == "pg_catalog");
    return same_schema && read["relname"].text() == written["relname"].text() && aliases(read, written) &&
           fields(read, written, {"schemaname", "relname", "alias"});
  }
  static Text own_name(ast::Node item) {
    if (!item.is("RangeFunction") || item["functions"].size() == 0) return Text(item["relname"].text());
    const ast::Node call = item["functions"].items()[0].items()[0];
    return call.is("FuncCall") ? call["funcname"].texts().back() : Text();
  }
  /// The server gives an alias to what has none where two would bear one name.
  static bool aliases(ast::Node read, ast::Node written) {
    const std::string_view name = read["alias"]["aliasname"].text(), other = written["alias"]["aliasname"].text();
    return name == other || is_alias_of(name, other.empty() ? own_name(written) : other);
  }

  bool items(ast::Node read, ast::Node written) const {
    const auto ours = read.items(), theirs = written.items();
    if (ours.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < ours.size(); ++i)
      if (!of(ours[i], theirs[i])) return false;
    return ours.empty() && read.fields().empty() ? read.text() == written.text() : true;
  }
  using Targets = std::span<const ast::Node>;
  /// The qualifier of `t.*`, the star itself of `*`; empty: no star.
  static std::string_view star_of(ast::Node target) {
    const std::span<const ast::Node> names = target["val"]["fields"].items();
    if (!target["val"].is("ColumnRef") || names.empty() || !names.back().is("A_Star")) return {};
    return names.size() > 1 ? names[names.size() - 2].text() : std::string_view("*");
  }
  /// A star that is still there stands for columns that only a server knows.
  bool targets(Targets read, Targets written) const {
    if (written.empty()) return read.empty();
    if (read.empty()) return false;
    const std::string_view star = star_of(written.front());
    if (star.empty()) return of(read.front(), written.front()) && targets(read.subspan(1), written.subspan(1));
    for (std::size_t taken = 0; taken < read.size() && is_column(read[taken], star); ++taken)
      if (targets(read.subspan(taken + 1), written.subspan(1))) return true;
    return false;
  }
  static bool is_column(ast::Node target, std::string_view star) {
    const List names = target["val"]["fields"].texts();
    if (!target["val"].is("ColumnRef") || !target["name"].text().empty() || names.empty()) return false;
    return star == "*" || names.size() < 2 || names[names.size() - 2] == star;
  }

  using Names = std::initializer_list<std::string_view>;
  bool fields(ast::Node read, ast::Node written, Names but) const {
    const auto skipped = [&](std::string_view name) {
      return std::ranges::count(but, name) > 0 || name.find("location") != std::string_view::npos || name == "stmt_len";
    };
    for (const auto& [name, value] : written.fields())
      if (!skipped(name) && name != "alias" && !read.has(name)) return false;
    for (const auto& [name, value] : read.fields()) {
      if (skipped(name)) continue;
      if (name == "alias" && !aliases(read, written)) return false;
      if (name == "targetList" && !targets(value.items(), written[name].items())) return false;
      if (name != "alias" && name != "targetList" && !of(value, written[name])) return false;
    }
    return true;
  }
};
}  // namespace

bool may_be_made_of(Role role, std::string_view read, std::string_view written) {
  try {
    const Fragment ours = parse_fragment(role, read), theirs = parse_fragment(role, written);
    return Likeness().of(ours.node, theirs.node);
  } catch (const Error&) {  // what cannot be read is not alike
    return false;
  }
}

}  // namespace quoin
