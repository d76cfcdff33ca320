#include "project/env_file.h"

#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin {

Text expanded(std::string_view value, const EnvVariables& variables, List& unset) {
  Text all;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::size_t close = value.substr(i).starts_with("${") ? value.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      all += value[i];
      continue;
    }
    const Text name(value.substr(i + 2, close - i - 2));
    const std::optional<Text> found = variables.value(name);
    if (!found) unset.push_back(concat("${", name, "}"));
    all += found.value_or("");
    i = close;
  }
  return all;
}

namespace {

bool is_name(std::string_view name) {
  const auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 && std::ranges::all_of(name, fits);
}

Text filled(std::string_view value, const EnvVariables& known) {
  List unset;
  return expanded(value, known, unset);
}

/// No value: a quote is not closed, or something follows it.
std::optional<Text> value_of(std::string_view said, const EnvVariables& known) {
  const char quote = said.empty() ? ' ' : said[0];
  if (quote != '"' && quote != '\'') {
    const std::size_t comment = said.find(" #");
    return filled(trim(said.substr(0, comment)), known);
  }
  Text value;
  std::size_t at = 1;
  for (; at < said.size() && said[at] != quote; ++at) {
    const bool escapes = quote == '"' && said[at] == '\\' && at + 1 < said.size();
    if (escapes) ++at;
    value += escapes && said[at] == 'n' ? '\n' : said[at];
  }
  if (at >= said.size()) return std::nullopt;
  const std::string_view rest = trim(said.substr(at + 1));
  if (!rest.empty() && rest[0] != '#') return std::nullopt;
  return quote == '\'' ? value : filled(value, known);
}

}  // namespace

std::optional<Text> EnvVariables::value(const Text& name) const {
  if (const char* set = std::getenv(name.c_str())) return set;
  const auto held = of_file.find(name);
  return held == of_file.end() ? std::nullopt : std::optional(held->second);
}

EnvVariables read_env_file(const Text& file) {
  EnvVariables read;
  const Text path = file.empty() ? Text(".env") : file;
  std::error_code absent;
  if (!std::filesystem::is_regular_file(path, absent)) {
    if (file.empty()) return read;
    throw Error(Code::input, concat("there is no file ", file), {}, "name one that is there with --env-file");
  }
  int number = 0;
  for (const Text& whole : split(read_text(path), '\n')) {
    ++number;
    std::string_view line = trim(whole);
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("export ")) line = trim(line.substr(7));
    const std::size_t sign = std::min(line.find('='), line.size());
    const Text name(trim(line.substr(0, sign)));
    const auto value = sign < line.size() ? value_of(trim(line.substr(sign + 1)), read) : std::nullopt;
    if (!is_name(name) || !value)
      throw Error(Code::input, "this line of the environment's file cannot be read", {path, number, 1},
                  "write it as NAME=value, with quotes around a value that holds blanks or #");
    read.of_file.emplace(name, *value);
  }
  return read;
}

}  // namespace quoin
