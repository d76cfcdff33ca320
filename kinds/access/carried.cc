#include "kinds/access/carried.h"

#include <unordered_map>

#include "core/model/member.h"
#include "core/sql/ast.h"

namespace quoin {

namespace {
Text as_sql(std::string_view noun) { return noun.starts_with('(') ? Text(noun) : concat("'", noun, "'"); }
}  // namespace

Text owner_column(const Ownership& a) {
  return concat(", case when ", a.owner,
                " <> (select u.oid from pg_catalog.pg_roles u where u.rolname = current_user) then "
                "pg_catalog.format('ALTER %s %s OWNER TO %I', ",
                as_sql(a.noun), ", ", a.name, ", pg_catalog.pg_get_userbyid(", a.owner, ")) end as \"~owner\"");
}

namespace {
constexpr std::string_view before_owner = " OWNER TO ";
}

Text owner_of(const Object& object, const Schema& schema) {
  if (Text told = told_owner(object.id, schema); !told.empty()) return told;
  for (const Carried& one : object.carried)
    if (const std::size_t at = one.what == "owner" ? one.sql.rfind(before_owner) : Text::npos; at != Text::npos)
      return unquote_ident(std::string_view(one.sql).substr(at + before_owner.size()));
  return schema.made_by;
}

void put_owner(Object& object, std::string_view role) {
  for (Carried& one : object.carried)
    if (const std::size_t at = one.what == "owner" ? one.sql.rfind(before_owner) : Text::npos; at != Text::npos)
      one.sql = concat(one.sql.substr(0, at), before_owner, quote_ident(role));
}

namespace {
/// The names of its members, each with its type.
std::unordered_map<std::string_view, std::string_view> members(const Object& object) {
  std::unordered_map<std::string_view, std::string_view> types;
  for (const FieldBase* field : object.id->kind->fields)
    if (field->role == Role::member && object.has(*field))
      for (const Text& text : std::get<List>(object.value(*field))) {
        const Member member = member_of(text);
        types.emplace(member.name, member.rest);
      }
  return types;
}

// Before the first text constant or keyword after the name: what a statement is about.
bool is_about(std::string_view statement, std::string_view member) {
  for (const Text& place :
       {concat(".", member, " IS "), concat(" COLUMN ", member, " "), concat(" (", member, ") ON ")}) {
    const auto at = statement.find(place);
    if (at != statement.npos && at < statement.find('\'')) return true;
  }
  return false;
}

/// How the values of a type are stored, which other types need not allow.
bool is_of_storage(std::string_view statement) {
  return statement.find(" SET STORAGE ") != statement.npos || statement.find(" SET COMPRESSION ") != statement.npos;
}
}  // namespace

Text of_kept_members(const Carried& carried, const Object& from, const Object& to) {
  const auto before = members(from), after = members(to);
  const std::string_view sql = carried.sql;
  const Text next = concat(";\n", sql.substr(0, sql.find(' ') + 1));
  List kept;
  for (std::size_t begin = 0; begin < sql.size();) {
    const std::size_t end = std::min(sql.find(next, begin), sql.size());
    const std::string_view statement = sql.substr(begin, end - begin);
    const bool gone = std::ranges::any_of(before, [&](const auto& member) {
      const auto now = after.find(member.first);
      const bool is_other = now != after.end() && now->second != member.second && is_of_storage(statement);
      return (now == after.end() || is_other) && is_about(statement, member.first);
    });
    if (!gone) kept.emplace_back(statement);
    begin = end + 2;
  }
  return join(kept, ";\n");
}

List split_carried(const Object& object, std::string_view what) {
  const auto found = std::ranges::find(object.carried, what, &Carried::what);
  List lines;
  if (found == object.carried.end()) return lines;
  const ast::Tree tree = ast::Tree::parse(found->sql);
  for (const ast::Statement& one : tree.statements())
    lines.push_back(found->sql.substr(one.begin, one.end - one.begin));
  return lines;
}

void put_carried(Object& object, std::string_view what, Text sql) {
  const auto found = std::ranges::find(object.carried, what, &Carried::what);
  if (sql.empty()) {
    if (found != object.carried.end()) object.carried.erase(found);
  } else if (found == object.carried.end()) {
    object.carried.push_back({Text(what), std::move(sql)});
  } else {
    found->sql = std::move(sql);
  }
}

}  // namespace quoin
