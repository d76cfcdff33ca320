#include "parser/names/scope.h"

#include "core/model/member.h"

namespace quoin {

namespace {
constexpr std::string_view queries[] = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"};
constexpr std::string_view sequence_calls[] = {"nextval", "currval", "setval"};

bool is_text_constant(ast::Node node) { return node.is("A_Const") && node.has("sval"); }
}  // namespace

std::optional<Lookup::Column> SourceColumns::find(std::string_view name) const {
  if (lookup_) return lookup_->column(relation_, Text(name));
  if (!given_) return std::nullopt;
  const auto found = std::ranges::find(*given_, name, &Lookup::Column::name);
  return found == given_->end() ? std::nullopt : std::optional(*found);
}

Found Walk::report(std::string_view in, const Written& name, const Found& found, int location) {
  if (found.is_missing()) {
    Missing missing = lookup_.missing(in, name, found);
    if (location >= 0) missing.offset = static_cast<std::size_t>(location);
    mentions_.missing(std::move(missing));
  }
  return found;
}

void Walk::expression(ast::Node node) {
  if (!node || special(node)) return;
  below(node);
}

void Walk::below(ast::Node node) {
  for (ast::Node item : node.items()) expression(item);
  for (const auto& [name, value] : node.fields()) expression(value);
}

/// Nodes whose names mean something.
bool Walk::special(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag.empty()) return false;
  if (tag == "ColumnRef") return column_ref(node), true;
  if (tag == "FuncCall") return call(node), true;
  if (tag == "TypeCast") return cast(node), true;
  if (tag == "TypeName") return type(node), true;
  if (tag == "CollateClause") {
    expression(node["arg"]);
    named(space::collation, node["collname"]);
    return true;
  }
  if (tag == "SubLink") {
    expression(node["testexpr"]);
    query(node["subselect"]);
    return true;
  }
  if (std::ranges::count(queries, tag) > 0) return query(node), true;
  if (tag == "XmlSerialize") {
    expression(node["expr"]);
    type(node["typeName"]);
    return true;
  }
  if (tag == "RangeVar") return relation(node), true;
  return tag == "A_Const" || tag == "String";
}

Found Walk::relation(ast::Node range_var) {
  const Written name = written(range_var);
  const Found found = report(space::relation, name, lookup_.find(space::relation, name), range_var.location());
  if (!found.is_missing()) mentions_.relation(range_var, found);
  return found;
}

Found Walk::named(std::string_view in, ast::Node names) {
  if (names.size() == 0) return {Found::State::builtin};
  const Written name = written(names);
  const Found found = report(in, name, lookup_.find(in, name), -1);
  if (!found.is_missing()) mentions_.named(in, names, found);
  return found;
}

void Walk::operator_class(ast::Node names) {
  if (names.size() == 0) return;
  const Found found = lookup_.find(space::operator_class, written(names));
  if (found.state == Found::State::there) mentions_.named(space::operator_class, names, found);
}

void Walk::type(ast::Node type_name) {
  const Written name = written(type_name["names"]);
  const Found found = report(space::type, name, lookup_.find(space::type, name), type_name.location());
  if (found.state == Found::State::there || found.state == Found::State::unknown)
    mentions_.named(space::type, type_name["names"], found);
}

Found Walk::routine(ast::Node names) {
  const Written name = written(names);
  const Found found = lookup_.find(space::routine, name);
  if (!found.is_missing()) mentions_.routine(names, lookup_.routines(name), found);
  return found;
}

void Walk::call(ast::Node node) {
  const ast::Node names = node["funcname"];
  const Written name = written(names);
  // A call that names a type is a cast: text('a'), mood('sad').
  if (routine(names).is_missing() && lookup_.find(space::type, name).is_missing())
    report(space::routine, name, lookup_.find(space::routine, name), node.location());
  const std::span<const ast::Node> arguments = node["args"].items();
  if (std::ranges::count(sequence_calls, name.name) && !arguments.empty() && is_text_constant(arguments[0]))
    constant_name(arguments[0]);
  below(node);
}

void Walk::cast(ast::Node node) {
  const ast::Node argument = node["arg"];
  type(node["typeName"]);
  if (written(node["typeName"]["names"]).name == "regclass" && is_text_constant(argument)) {
    constant_name(argument);
  } else {
    expression(argument);
  }
}

void Walk::constant_name(ast::Node constant) {
  const std::string_view text = constant["sval"].text();
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0]))) return;  // an oid
  const Written name = written(text);
  const Found found = report(space::relation, name, lookup_.find(space::relation, name), constant.location());
  if (!found.is_missing()) mentions_.relation_text(constant, found);
}

void Walk::column_ref(ast::Node node) {
  List parts;
  for (ast::Node field : node["fields"])
    if (!field.is("A_Star")) parts.emplace_back(field.text());
  const bool star = parts.size() < node["fields"].size();
  if (star || parts.empty()) return;
  if (parts.size() > 1) return qualified_column(node, parts);
  if (!bare_column(node, parts[0]) && !variables_.contains(parts[0]) && !variables_.contains("*"))
    if (!is_system_column(parts[0]) &&
        !lookup_.is_unknown(scope_->sources.empty() ? Id() : scope_->sources[0].relation))
      missing_column(parts[0], scope_->sources.empty() ? Source() : scope_->sources[0], node.location());
}

/// Whether an unqualified name is found in some scope, or may be there.
bool Walk::bare_column(ast::Node reference, const Text& name) {
  bool sure = true;
  for (const Scope* scope = scope_; scope; scope = scope->outer) {
    if (scope->labels.contains(name)) return true;
    for (const Source& source : scope->sources) {
      if (source.hidden) continue;
      if (const auto column = source.columns.find(name)) {
        mentions_.column(reference, source, *column, scope->outer ? scope->sources.size() : 1);
        return true;
      }
      sure = sure && source.columns.known();
    }
    for (const Source& source : scope->sources)
      if (source.alias == name) return true;       // a whole row
    if (scope->shown.contains(name)) return true;  // ORDER BY count, of count(*)
    sure = sure && !scope->open;
  }
  return !sure;
}

void Walk::qualified_column(ast::Node reference, const List& parts) {
  const Text& alias = parts.size() > 2 ? parts[parts.size() - 2] : parts[0];
  const Text& name = parts.size() > 2 ? parts.back() : parts[1];
  for (const Scope* scope = scope_; scope; scope = scope->outer)
    for (const Source& source : scope->sources) {
      if (source.alias != alias) continue;
      const auto column =
          source.columns.known() ? source.columns.find(name) : std::optional(Lookup::Column{name, Id()});
      if (column) {
        // Outside of a query there is one relation; NEW and OLD are told from it by their names.
        mentions_.column(reference, source, *column, scope->outer ? scope->sources.size() : source.hidden ? 2 : 1);
      } else if (!is_system_column(name) && lookup_.find(space::routine, {{}, name}).is_missing()) {
        missing_column(name, source, reference.location());
      }
      return;
    }
}

void Walk::missing_column(const Text& name, const Source& source, int location) {
  Missing missing{space::column, {}, name, Text::npos};
  if (source.relation) {
    missing.schema = schema_of(source.relation)->name;
    missing.name = concat(source.relation->name, ".", name);
  }
  if (location >= 0) missing.offset = static_cast<std::size_t>(location);
  mentions_.missing(std::move(missing));
}

}  // namespace quoin
