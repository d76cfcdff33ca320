// What code hosts and CI systems read of findings.
#include "commands/finding_formats.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"

using namespace quoin;

namespace {
Finding finding(Severity severity, RuleName rule, Text message, Place place) {
  Finding one;
  one.severity = severity;
  one.rule = rule;
  one.message = std::move(message);
  one.place = std::move(place);
  return one;
}

Judged judged() {
  Judged all{{"m/1_a.sql", "./m/2 50%:x.sql"}, {}};
  all.findings.push_back(
      finding(Severity::error, "missing", "table \"a\nb\" <is> not there", {"./m/2 50%:x.sql", 3, 7}));
  all.findings.back().hint = "mend the name";
  all.findings.push_back(
      finding(Severity::error, "missing", "table \"a\nb\" <is> not there", {"./m/2 50%:x.sql", 3, 7}));
  all.findings.back().hint = "mend the name";
  all.findings.push_back(finding(Severity::warning, "down-leaves", "it leaves password=hunter2 behind", {}));
  all.findings.push_back(finding(Severity::note, "left-out", "it was not read", {"m/1_a.sql", 0, 0}));
  return all;
}

Text written(std::string_view format, const Judged& what) {
  const FindingFormat* found = finding_format(format);
  REQUIRE(found);
  return found->write(what);
}
nlohmann::json json_of(std::string_view format) { return nlohmann::json::parse(written(format, judged())); }
}  // namespace

TEST_CASE("findings as workflow commands are a line each, whatever is in them") {
  CHECK(
      written("github", judged()) ==
      "::error file=./m/2 50%25%3Ax.sql,line=3,col=7,title=quoin%3A missing::table \"a\\nb\" <is> not there; mend the "
      "name\n"
      "::error file=./m/2 50%25%3Ax.sql,line=3,col=7,title=quoin%3A missing::table \"a\\nb\" <is> not there; mend the "
      "name\n"
      "::warning title=quoin%3A down-leaves::it leaves password=*** behind\n"
      "::notice file=m/1_a.sql,title=quoin%3A left-out::it was not read\n");
  CHECK(written("github", {}).empty());
}

TEST_CASE("findings as SARIF name their rules once, and places only where there are some") {
  const nlohmann::json log = json_of("sarif"), run = log["runs"][0];
  CHECK(log["version"] == "2.1.0");
  CHECK(run["tool"]["driver"]["rules"].size() == 3);
  CHECK(run["tool"]["driver"]["rules"][0]["id"] == "missing");
  CHECK_THAT(run["tool"]["driver"]["rules"][0]["help"]["markdown"].get<Text>(), Catch::Contains("## For example"));
  CHECK(run["results"].size() == 4);
  CHECK(run["results"][1]["ruleIndex"] == 0);
  CHECK(run["results"][3]["ruleIndex"] == 2);
  CHECK(run["results"][3]["level"] == "note");
  const nlohmann::json place = run["results"][0]["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "m/2%2050%25%3Ax.sql");
  CHECK(place["region"] == nlohmann::json{{"startLine", 3}, {"startColumn", 7}, {"endColumn", 8}});
  CHECK(!run["results"][2].contains("locations"));
  CHECK(!run["results"][3]["locations"][0]["physicalLocation"].contains("region"));
  CHECK(nlohmann::json::parse(written("sarif", {}))["runs"][0]["results"].empty());
}

TEST_CASE("findings as code quality have fingerprints of their own, which lines do not change") {
  nlohmann::json all = json_of("gitlab");
  REQUIRE(all.size() == 4);
  CHECK(all[0]["severity"] == "major");
  CHECK(all[2]["severity"] == "minor");
  CHECK(all[3]["severity"] == "info");
  CHECK(all[0]["location"]["path"] == "m/2 50%:x.sql");
  CHECK(all[3]["location"]["lines"]["begin"] == 1);
  CHECK(all[0]["fingerprint"] != all[1]["fingerprint"]);
  Judged moved = judged();
  for (Finding& one : moved.findings) one.place.line += 10;
  CHECK(nlohmann::json::parse(written("gitlab", moved))[0]["fingerprint"] == all[0]["fingerprint"]);
}

TEST_CASE("findings as JUnit are a test case a file, notes no failure") {
  const Text text = written("junit", judged());
  CHECK_THAT(text, Catch::Contains("<testsuites tests=\"3\" failures=\"2\">"));
  CHECK_THAT(text, Catch::Contains("<testcase classname=\"quoin\" name=\"m/1_a.sql\"/>"));
  CHECK_THAT(text, Catch::Contains("table &quot;a\\nb&quot; &lt;is&gt; not there; mend the name"));
  CHECK_THAT(text, Catch::Contains("password=***"));
  CHECK(written("junit", {{"m/1_a.sql"}, {}}).find("failure ") == Text::npos);
}
