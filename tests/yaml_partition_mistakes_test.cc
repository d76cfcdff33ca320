// What YAML says of a partition's NOT NULL constraints and triggers and no server holds: told with its place.
#include "tests/catch.h"
#include "tests/yaml_reading.h"

using namespace quoin;

namespace {
/// The parent `p`, whose column `a` alone is not null, and a partition with that line.
Text said_of_partition(std::string_view line) {
  return said(Read(concat("functions: { f(): { returns: trigger, language: plpgsql, body: begin end } }\n"
                          "tables:\n"
                          "  p:\n"
                          "    columns: { a: integer not null, b: integer }\n"
                          "    partition_by: range (a)\n"
                          "    triggers:\n"
                          "      rows: after insert for each row execute function f()\n"
                          "      once: after insert for each statement execute function f()\n"
                          "  p1:\n"
                          "    partition_of: p\n"
                          "    bound: from (0) to (10)\n"
                          "    ",
                          line, "\n"))
                  .findings);
}
}  // namespace

TEST_CASE("names of a partition's not nulls are names, of columns that its parent has not null") {
  for (const char* good : {"[a nn]", "['a \"N n\"']"})
    CHECK(said_of_partition(concat("not_null_names: ", good)).empty());
  const std::pair<Text, Text> cases[] = {{"[a]", "which is not a column and a name"},
                                         {"['\"a']", "which is not a column and a name"},
                                         {"[a nn not valid x]", "which is not a column and a name"},
                                         {"['a n CHECK (true), ADD CONSTRAINT m']", "which is not a column and a name"},
                                         {"[b nn]", "but column public.p.b may be null"},
                                         {"[z nn]", "but table public.p has no column z"},
                                         {"[a nn not valid]", "but that of table public.p is valid"},
                                         {"[a one, a two]", "and that column has two names"}};
  for (const auto& [names, why] : cases) {
    const Text told = said_of_partition(concat("not_null_names: ", names));
    INFO(told);
    CHECK(told.starts_with("9:3 yaml-value: not_null_names of table public.p1 says "));
    CHECK(told.find(why) != Text::npos);
  }
  const Text alone = said(Read(with_table("    not_null_names: [a nn]\n")).findings);
  CHECK(alone.find("but it is no partition") != Text::npos);
}

TEST_CASE("a trigger's state is of a row trigger that a table above has, and is all that is said of it") {
  CHECK(said_of_partition("trigger_states: { rows: disabled }").empty());
  for (const char* none : {"once", "other"}) {
    const Text told = said_of_partition(concat("trigger_states: { ", none, ": disabled }"));
    INFO(told);
    CHECK(told.starts_with("12:23 yaml-value: table public.p1 has no trigger "));
  }
  for (const char* key : {"comment", "renamed_from"}) {
    const Text told = said_of_partition(concat("trigger_states: { rows: { enabled: disabled, ", key, ": x } }"));
    INFO(told);
    CHECK(told.find(concat("yaml-key: \"", key, "\" is no key of a trigger state")) != Text::npos);
  }
}
