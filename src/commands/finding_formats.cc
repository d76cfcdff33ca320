#include "commands/finding_formats.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "commands/command.h"
#include "commands/manual.h"
#include "core/base/rules.h"
#include "core/base/visible.h"

namespace quoin {

namespace {
using Json = nlohmann::ordered_json;

Text sentence(const Finding& finding) {
  return line_for_people(finding.hint.empty() ? finding.message : concat(finding.message, "; ", finding.hint));
}

// ---- GitHub: workflow commands, by their own escapes ----

// Percent forms of the bytes that `stays` is false of.
template <class Stays>
Text escaped(std::string_view text, Stays stays) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  Text all;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (stays(byte))
      all += c;
    else
      all.append({'%', digits[byte / 16], digits[byte % 16]});
  }
  return all;
}

Text without(std::string_view signs, std::string_view text) {
  return escaped(text, [&](unsigned char byte) { return signs.find(static_cast<char>(byte)) == signs.npos; });
}

Text github(const Judged& judged) {
  Text all;
  for (const Finding& finding : judged.findings) {
    const std::string_view level = finding.severity == Severity::note ? "notice" : to_string(finding.severity);
    List properties;
    const auto add = [&](std::string_view name, std::string_view value) {
      properties.push_back(concat(name, "=", without("%\r\n:,", value)));
    };
    if (!finding.place.file.empty()) add("file", finding.place.file);
    if (finding.place.line > 0) add("line", std::to_string(finding.place.line));
    if (finding.place.column > 0) add("col", std::to_string(finding.place.column));
    add("title", concat("quoin: ", finding.rule));
    all += concat("::", level, " ", join(properties, ","), "::", without("%\r\n", sentence(finding)), "\n");
  }
  return all;
}

// ---- SARIF ----

// A path as a relative URI reference.
Text uri(std::string_view path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
  return escaped(path.starts_with("./") ? path.substr(2) : path, [&](unsigned char byte) {
    return byte < 128 && (std::isalnum(byte) != 0 || plain.find(static_cast<char>(byte)) != plain.npos);
  });
}

Json sarif_rule(RuleName name) {
  Json rule{{"id", name.text()}};
  if (const Rule* known = find_rule(name)) {
    rule["shortDescription"] = {{"text", known->meaning}};
    rule["help"] = {{"text", known->advice}, {"markdown", about_rule(name)}};
  }
  return rule;
}

Json sarif_result(const Finding& finding, std::size_t rule) {
  Json result{{"ruleId", finding.rule.text()},
              {"ruleIndex", rule},
              {"level", to_string(finding.severity)},
              {"message", {{"text", sentence(finding)}}}};
  if (finding.place.file.empty()) return result;
  Json location{{"artifactLocation", {{"uri", uri(finding.place.file)}}}};
  if (finding.place.line > 0) {
    location["region"] = {{"startLine", finding.place.line}};
    if (finding.place.column > 0) {
      location["region"]["startColumn"] = finding.place.column;
      location["region"]["endColumn"] = finding.place.column + std::max(finding.width, 1);
    }
  }
  result["locations"] = Json::array({{{"physicalLocation", std::move(location)}}});
  return result;
}

Text sarif(const Judged& judged) {
  Json rules = Json::array(), results = Json::array();
  std::map<Text, std::size_t> known;
  for (const Finding& finding : judged.findings) {
    const auto [rule, fresh] = known.emplace(finding.rule.text(), rules.size());
    if (fresh) rules.push_back(sarif_rule(finding.rule));
    results.push_back(sarif_result(finding, rule->second));
  }
  Json run{{"tool", {{"driver", {{"name", "quoin"}, {"version", QUOIN_VERSION}, {"rules", std::move(rules)}}}}},
           {"columnKind", "unicodeCodePoints"},
           {"results", std::move(results)}};
  return dumped({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({std::move(run)})}});
}

// ---- GitLab: Code Quality ----

// The same from run to run, wherever in its file it stands; told apart by number where that says it twice.
Text fingerprint(const Finding& finding, std::set<Text>& used) {
  const Text what = concat(finding.rule, "\n", finding.place.file, "\n", finding.message);
  for (int number = 0;; ++number)
    if (Text one = sha256(number == 0 ? what : concat(what, "\n", std::to_string(number))); used.insert(one).second)
      return one;
}

Text gitlab(const Judged& judged) {
  Json all = Json::array();
  std::set<Text> used;
  for (const Finding& finding : judged.findings) {
    const char* severity = finding.severity == Severity::error     ? "major"
                           : finding.severity == Severity::warning ? "minor"
                                                                   : "info";
    const Text path = finding.place.file.starts_with("./") ? finding.place.file.substr(2) : finding.place.file;
    all.push_back({{"description", sentence(finding)},
                   {"check_name", finding.rule.text()},
                   {"fingerprint", fingerprint(finding, used)},
                   {"severity", severity},
                   {"location", {{"path", path}, {"lines", {{"begin", std::max(finding.place.line, 1)}}}}}});
  }
  return dumped(all);
}

// ---- JUnit ----

// What XML cannot hold at all is shown by its number already.
Text xml(std::string_view text) {
  Text all;
  for (const char c : text) switch (c) {
      case '&':
        all += "&amp;";
        break;
      case '<':
        all += "&lt;";
        break;
      case '>':
        all += "&gt;";
        break;
      case '"':
        all += "&quot;";
        break;
      case '\n':
        all += "&#10;";
        break;
      default:
        all += c;
    }
  return all;
}

Text xml_lines(std::string_view text) {
  List lines = split(text, '\n');
  for (Text& line : lines) line = xml(line);
  return join(lines, "\n");
}

Text junit_case(const Text& file, const std::vector<const Finding*>& findings) {
  const Text head = concat("    <testcase classname=\"quoin\" name=\"", xml(line_for_people(file)), "\"");
  if (findings.empty()) return concat(head, "/>\n");
  Text text, rule;
  for (const Finding* finding : findings) {
    if (rule.empty()) rule = finding->rule;
    text += concat(to_string(finding->place), ": ", to_string(finding->severity), ": ", finding->message, " [",
                   finding->rule, "]\n");
    if (!finding->hint.empty()) text += concat("  hint: ", finding->hint, "\n");
  }
  return concat(head, ">\n      <failure type=\"", xml(rule), "\" message=\"", xml(sentence(*findings.front())), "\">",
                xml_lines(for_people(text)), "</failure>\n    </testcase>\n");
}

Text junit(const Judged& judged) {
  std::map<Text, std::vector<const Finding*>> by_file;
  for (const Finding& finding : judged.findings)
    if (finding.severity != Severity::note) by_file[finding.place.file].push_back(&finding);
  const std::size_t failures = by_file.size();
  Text cases;
  for (const Text& file : judged.files)
    if (auto found = by_file.extract(file))
      cases += junit_case(file, found.mapped());
    else
      cases += junit_case(file, {});
  std::size_t tests = judged.files.size() + by_file.size();
  for (const auto& [file, findings] : by_file) cases += junit_case(file.empty() ? "migrations" : file, findings);
  const Text counts = concat("tests=\"", std::to_string(tests), "\" failures=\"", std::to_string(failures), "\"");
  return concat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites ", counts, ">\n  <testsuite name=\"quoin\" ",
                counts, ">\n", cases, "  </testsuite>\n</testsuites>\n");
}

constexpr FindingFormat formats[] = {{"github", github}, {"sarif", sarif}, {"gitlab", gitlab}, {"junit", junit}};
}  // namespace

const FindingFormat* finding_format(std::string_view name) {
  for (const FindingFormat& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

List finding_format_names() {
  List names;
  for (const FindingFormat& format : formats) names.emplace_back(format.name);
  return names;
}

nlohmann::ordered_json json_of(const Place& place) {
  return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

nlohmann::ordered_json json_of(const Findings& findings) {
  auto all = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    all.push_back({{"severity", to_string(finding.severity)},
                   {"rule", finding.rule.text()},
                   {"message", finding.message},
                   {"place", json_of(finding.place)},
                   {"object", finding.object},
                   {"hint", finding.hint}});
  }
  return all;
}

}  // namespace quoin
