// What stands on the tables of a random schema: views, triggers, rules, policies, comments, rights, owners.
#include "tests/random/drawing.h"

namespace quoin::drawn {

void Drawing::view(int number) {
  const Text label = concat("v", std::to_string(number));
  if (happens(label + " is not there", 3)) return;
  const bool of_view = !views_.empty() && happens(label + " of view", 3);
  const std::vector<Table>& sources = of_view ? views_ : tables_;
  const Table& source = sources[static_cast<std::size_t>(pick(label + " source", 12)) % sources.size()];
  Table view{.label = label, .name = concat(one_of(label + " schema", {"app.", "public."}), label)};
  List shown;
  for (std::size_t i = 0; i < source.columns.size(); ++i) {
    if (i > 0 && happens(concat(label, " lacks ", source.columns[i].name), 3)) continue;
    view.columns.push_back(source.columns[i]);
    shown.push_back(concat("x.", source.columns[i].name));
  }
  if (happens(label + " computes", 3)) {
    shown.push_back(concat(one_of(label + " computed", {"x.c0 + 1", "upper('a')", "coalesce(x.c0, 0)",
                                                        "CASE WHEN x.c0 > 1 THEN 'a' ELSE 'b' END"}),
                           " AS ", label, "_computed"));
    view.columns.push_back({.name = concat(label, "_computed"), .type = "?"});
  }
  const bool simple = !happens(label + " joins", 4);
  const Text join_it = simple ? Text() : concat(" LEFT JOIN ", tables_.front().name, " y ON y.c0 = x.c0");
  say(concat("CREATE VIEW ", view.name,
             one_of(label + " options", {"", "", " WITH (security_barrier=true)", " WITH (security_barrier=false)"}),
             " AS SELECT ", join(shown, ", "), " FROM ", source.name, " x", join_it,
             one_of(label + " where", {"", " WHERE x.c0 > 0", " WHERE x.c0 IN (1, 2, 3)", " ORDER BY x.c0 DESC"})));
  views_.push_back(view);
}

void Drawing::views() {
  for (int i = 0; i < 3; ++i) view(i);
}

void Drawing::materialized_view() {
  if (!happens("materialized", 2)) return;
  has_materialized_ = true;
  const Table& source = tables_[static_cast<std::size_t>(pick("materialized source", 12)) % tables_.size()];
  say(concat("CREATE MATERIALIZED VIEW app.kept AS SELECT x.c0, count(*) AS n FROM ", source.name, " x GROUP BY x.c0",
             one_of("materialized data", {"", " WITH NO DATA"})));
  if (happens("materialized index", 2)) say("CREATE UNIQUE INDEX ON app.kept (c0)");
}

void Drawing::triggers(const Table& table) {
  if (!has_touch_ || !happens(table.label + " trigger", 3)) return;
  const bool each_row = happens(table.label + " trigger rows", 2);
  const std::string_view when = one_of(table.label + " trigger time", {"BEFORE", "AFTER"});
  say(concat("CREATE TRIGGER \"Touched\" ", when, " ",
             one_of(table.label + " trigger events", {"UPDATE", "INSERT OR UPDATE", "UPDATE OF c0", "INSERT"}), " ON ",
             table.name, " FOR EACH ", each_row ? "ROW" : "STATEMENT",
             each_row ? one_of(table.label + " trigger condition", {"", " WHEN (new.c0 > 3)"}) : "",
             " EXECUTE FUNCTION app.touch()"));
  if (happens(table.label + " trigger state", 4))
    say(concat("ALTER TABLE ", table.name, " ", one_of(table.label + " trigger states", {"DISABLE", "ENABLE ALWAYS"}),
               " TRIGGER \"Touched\""));
  if (!table.partitioned || !each_row) return;
  for (const Text& part : table.parts)
    if (happens(part + " trigger state", 4))
      say(concat("ALTER TABLE ", part, " ", one_of(part + " trigger states", {"DISABLE", "ENABLE REPLICA", "ENABLE"}),
                 " TRIGGER \"Touched\""));
}

void Drawing::rules(const Table& table) {
  if (table.partitioned || !happens(table.label + " rule", 10)) return;
  say(concat("CREATE RULE quiet AS ON DELETE TO ", table.name, " WHERE old.c0 = 5 DO ",
             one_of(table.label + " rule does", {"INSTEAD NOTHING", "ALSO SELECT 1"})));
}

void Drawing::policies(const Table& table) {
  if (!happens(table.label + " policy", 4)) return;
  const int command = pick(table.label + " policy for", 4);
  static constexpr std::string_view commands[] = {"ALL", "SELECT", "INSERT", "UPDATE"};
  say(concat("CREATE POLICY \"who sees\" ON ", table.name,
             one_of(table.label + " policy kind", {"", " AS RESTRICTIVE"}), " FOR ", commands[command], " TO ",
             one_of(table.label + " policy to", {"PUBLIC", "drawn_reader", "drawn_reader, drawn_writer"}),
             command == 2 ? "" : one_of(table.label + " policy using", {" USING (true)", " USING (c0 > 0)"}),
             command == 1   ? ""
             : command == 2 ? " WITH CHECK (c0 < 9)"
                            : one_of(table.label + " policy check", {"", " WITH CHECK (c0 < 9)"})));
}

void Drawing::comments() {
  const auto on = [&](const Text& what) {
    if (happens("comment on " + what, 6))
      say(concat("COMMENT ON ", what, " IS ",
                 one_of("comment of " + what, {"'plain'", "'it''s -- odd; */'", "E'two\\nlines'"})));
  };
  on("SCHEMA app");
  if (has_enum_) on("TYPE app.mood");
  if (has_domain_) on("DOMAIN app.positive");
  if (has_sequence_) on("SEQUENCE app.numbers");
  if (has_function_) on("FUNCTION app.twice(integer)");
  for (const Table& table : tables_) {
    on("TABLE " + table.name);
    for (const Column& column : table.columns) on(concat("COLUMN ", table.name, ".", column.name));
  }
  for (const Table& view : views_) {
    on("VIEW " + view.name);
    on(concat("COLUMN ", view.name, ".c0"));
  }
  if (has_materialized_) on("MATERIALIZED VIEW app.kept");
}

void Drawing::grants() {
  const auto on = [&](const Text& what, const std::vector<std::string_view>& rights) {
    if (!happens("grant on " + what, 5)) return;
    say(concat("GRANT ", one_of("granted on " + what, rights), " ON ", what, " TO ",
               one_of("granted to of " + what, {"drawn_reader", "PUBLIC", "drawn_writer WITH GRANT OPTION"})));
  };
  on("SCHEMA app", {"USAGE", "CREATE", "ALL"});
  if (has_sequence_) on("SEQUENCE app.numbers", {"USAGE", "SELECT, UPDATE"});
  if (has_enum_) on("TYPE app.mood", {"USAGE"});
  if (has_function_) on("FUNCTION app.twice(integer)", {"EXECUTE"});
  if (has_touch_ && happens("revoked touch", 6)) say("REVOKE ALL ON FUNCTION app.touch() FROM PUBLIC");
  for (const Table& table : tables_) {
    on("TABLE " + table.name, {"SELECT", "SELECT, INSERT", "ALL", "SELECT (c0), UPDATE (c0)"});
  }
  for (const Table& view : views_) on("TABLE " + view.name, {"SELECT", "SELECT, UPDATE"});
  if (happens("default rights", 8))
    say(concat("ALTER DEFAULT PRIVILEGES ", one_of("default rights in", {"", "IN SCHEMA app "}),
               one_of("default rights on",
                      {"GRANT SELECT ON TABLES TO drawn_reader", "GRANT USAGE ON SEQUENCES TO drawn_reader"})));
}

void Drawing::owners() {
  const auto of = [&](const Text& what) {
    if (happens("owner of " + what, 12)) say(concat("ALTER ", what, " OWNER TO drawn_writer"));
  };
  if (has_enum_) of("TYPE app.mood");
  if (has_function_) of("FUNCTION app.twice(integer)");
  for (const Table& table : tables_) of("TABLE " + table.name);
  for (const Table& view : views_) of("VIEW " + view.name);
}

}  // namespace quoin::drawn
