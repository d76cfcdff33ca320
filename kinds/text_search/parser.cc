// Everything quoin knows about text search parsers.
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/text_search/text_search.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> start{*this, "start", "begins a text", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> next{*this, "gettoken", "gives its next token", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> end{*this, "end", "ends it", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> types{
      *this, "lextypes", "tells its types of tokens", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> headline{*this, "headline", "marks what was found", {.role = Role::routine}};
} fields;

Text catalog(int) {
  return concat(R"(
select 3601 as class, p.oid as oid, 0 as sub, 2615 as parent_class, p.prsnamespace as parent_oid, 0 as parent_sub,
  p.prsname as name, )",
                routine_name("p.prsstart::pg_catalog.oid"), " as start, ", routine_name("p.prstoken::pg_catalog.oid"),
                " as gettoken, ", routine_name("p.prsend::pg_catalog.oid"), R"( as "end", )",
                routine_name("p.prslextype::pg_catalog.oid"), " as lextypes, ",
                routine_name("p.prsheadline::pg_catalog.oid"),
                " as headline\nfrom pg_catalog.pg_ts_parser p where p.oid >= 16384");
}

void read_define(ast::Node statement, Reading& reading) { read_routines(text_search_parser_kind, statement, reading); }

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_TSPARSER", read_define}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind text_search_parser_kind{.name = "text search parser",
                                       .key = "text_search_parsers",
                                       .weight = 62,
                                       .fields = fields,
                                       .traits = replaceable | has_section,
                                       .noun = "TEXT SEARCH PARSER",
                                       .object_type = "OBJECT_TSPARSER",
                                       .parents = parents,
                                       .sql = {.create = create_of_routines},
                                       .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
