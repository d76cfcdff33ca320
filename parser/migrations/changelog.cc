#include "parser/migrations/changelog.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "parser/migrations/changesets.h"

namespace quoin {
namespace {

bool is_true(std::string_view value) { return lower(value) == "true"; }

/// Attributes of include and includeAll that decide what is read, and that quoin does not follow.
constexpr std::string_view unread_attributes[] = {"filter", "resourcecomparator", "mindepth", "maxdepth",
                                                  "logicalfilepath"};

class Element {
 public:
  Element(std::string_view name, const Variables& attributes) : name_(name), attributes_(attributes) {}

  void go_to(Changelog& log) const {
    if (name_ == "changeset") ++log.changesets;
    if (name_ == "databasechangelog") log.contexts = contexts();
    if (name_ == "property") add_property(log);
    if (name_ == "include" || name_ == "includeall") log.includes.push_back(include());
  }

 private:
  std::string_view name_;
  const Variables& attributes_;

  Text value(std::string_view key) const {
    const auto found = attributes_.find(key);
    return found == attributes_.end() ? Text() : found->second;
  }
  Text contexts() const { return value("contextfilter").empty() ? value("context") : value("contextfilter"); }

  void add_property(Changelog& log) const {
    if (!is_for_postgresql(value("dbms"))) return;
    if (!value("name").empty() || !value("file").empty())
      log.properties.push_back({value("name"), value("value"), contexts(), value("file")});
  }
  Changelog::Include include() const {
    const bool whole_folder = name_ == "includeall";
    Changelog::Include found{whole_folder ? value("path") : value("file"), whole_folder,
                             is_true(value("relativetochangelogfile"))};
    found.contexts = contexts();
    found.labels = value("labels");
    found.ending = value("endswithfilter");
    for (const std::string_view key : unread_attributes)
      if (!value(key).empty()) found.unread = key;
    return found;
  }
};

void take(Changelog& log, std::string_view element, const Variables& attributes) {
  Element(element, attributes).go_to(log);
}

/// The attributes of a tag: name="value" or name='value', names in small letters.
Variables attributes_of(std::string_view tag) {
  Variables all;
  for (std::size_t sign = tag.find('='); sign != tag.npos; sign = tag.find('=', sign + 1)) {
    const std::size_t open = tag.find_first_of("\"'", sign);
    const std::size_t close = open == tag.npos ? open : tag.find(tag[open], open + 1);
    if (close == tag.npos) break;
    const std::string_view before = trim(tag.substr(0, sign));
    const std::size_t begin = before.find_last_of(" \t\n\r\"'");
    all[lower(before.substr(begin == before.npos ? 0 : begin + 1))] = tag.substr(open + 1, close - open - 1);
    sign = close;
  }
  return all;
}

std::optional<Changelog> of_xml(std::string_view text) {
  if (text.find("<databaseChangeLog") == text.npos) return std::nullopt;
  Changelog log;
  log.language = "XML";
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    if (text.substr(at).starts_with("<!--")) {
      at = std::min(text.find("-->", at), text.size() - 1);
      continue;
    }
    const std::size_t end = std::min(text.find('>', at), text.size());
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    const std::size_t name = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
    take(log, lower(tag.substr(0, name)), attributes_of(tag.substr(name)));
  }
  return log;
}

/// Of JSON, and of the lines of YAML that say the same.
std::optional<Changelog> of_json(const nlohmann::json& document) {
  Changelog log;
  log.language = "JSON";
  if (!document.is_object() || !document.contains("databaseChangeLog")) return std::nullopt;
  for (const nlohmann::json& element : document.at("databaseChangeLog")) {
    if (!element.is_object()) continue;
    for (const auto& [name, given] : element.items()) {
      Variables attributes;
      if (given.is_object())
        for (const auto& [key, value] : given.items())
          attributes[lower(key)] = value.is_string() ? value.get<Text>() : value.dump();
      take(log, lower(name), attributes);
    }
  }
  return log;
}

Text bare(std::string_view value) {
  value = trim(value);
  if (value.size() > 1 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0])
    value = value.substr(1, value.size() - 2);
  return Text(value);
}

/// Each element begins with a dash; what is deeper below a changeset is not looked at.
std::optional<Changelog> of_yaml(std::string_view text) {
  bool is_one = false;
  Changelog log;
  log.language = "YAML";
  Text element;
  Variables attributes;
  for (const Text& line : split(text, '\n')) {
    std::string_view said = trim(line);
    if (said.empty() || said[0] == '#') continue;
    if (said.starts_with("databaseChangeLog:")) is_one = true;
    const bool begins = said.starts_with("- ");
    if (begins) said = trim(said.substr(2));
    const std::size_t colon = std::min(said.find(':'), said.size());
    const Text key = lower(said.substr(0, colon)), value = bare(said.substr(std::min(colon + 1, said.size())));
    if (begins && (key == "include" || key == "includeall" || key == "property" || key == "changeset")) {
      take(log, element, attributes);
      element = key;
      attributes.clear();
    } else if (!begins) {
      attributes.try_emplace(key, value);
    }
  }
  take(log, element, attributes);
  return is_one ? std::optional(log) : std::nullopt;
}

}  // namespace

std::optional<Changelog> read_changelog(const Text& file) {
  const Text ending = lower(std::filesystem::path(file).extension().string());
  if (ending == ".xml") return of_xml(read_text(file));
  if (ending == ".yaml" || ending == ".yml") return of_yaml(read_text(file));
  if (ending != ".json") return std::nullopt;
  const nlohmann::json document = nlohmann::json::parse(read_text(file), nullptr, false);
  return document.is_discarded() ? std::nullopt : of_json(document);
}

}  // namespace quoin
