#include "core/base/secret.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "core/base/secret_find.h"

namespace quoin {
namespace {

using secret::Range;
using secret::Ranges;

struct InUse {
  std::mutex mutex;
  std::set<Text, std::less<>> secrets;
};
InUse& in_use() {
  static InUse all;
  return all;
}

/// No word, and no chance match, either.
bool is_distinctive(std::string_view secret) {
  constexpr std::size_t short_of_chance = 4;
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return secret.size() >= short_of_chance && !std::all_of(secret.begin(), secret.end(), is_small);
}

void find_text(std::string_view text, std::string_view secret, Ranges& found) {
  for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + 1)) {
    found.push_back({at, at + secret.size()});
  }
}

Text covered(std::string_view text, Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  Text all;
  std::size_t done = 0;
  for (std::size_t i = 0; i < ranges.size();) {
    Range range = ranges[i++];
    while (i < ranges.size() && ranges[i].begin <= range.end) range.end = std::max(range.end, ranges[i++].end);
    if (range.begin == range.end || text.substr(range.begin, range.end - range.begin) == hidden) continue;
    all += text.substr(done, range.begin - done);
    all += hidden;
    done = range.end;
  }
  return all + Text(text.substr(done));
}

Ranges ranges_of(std::string_view text) {
  Ranges found;
  secret::find_all(text, found);
  const std::lock_guard lock(in_use().mutex);
  for (const Text& secret : in_use().secrets) find_text(text, secret, found);
  return found;
}

}  // namespace

void remember_secret(std::string_view secret, std::span<const Text> names) {
  if (!is_distinctive(secret) || std::find(names.begin(), names.end(), secret) != names.end()) return;
  const std::lock_guard lock(in_use().mutex);
  in_use().secrets.emplace(secret);
}

std::string_view password_in_url(std::string_view url) {
  const std::size_t sign = url.find("://");
  return sign == url.npos ? secret::password_of_mistyped(trim(url)) : secret::password_of_user(url.substr(sign + 3));
}

void blank_secrets(std::span<char> text) {
  for (const Range& range : ranges_of({text.data(), text.size()}))
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(range.begin),
              text.begin() + static_cast<std::ptrdiff_t>(range.end), '*');
}

List secrets_in(std::string_view text) {
  Ranges found;
  secret::find_all(text, found);
  List all;
  for (const Range& range : found)
    if (range.end > range.begin) all.emplace_back(text.substr(range.begin, range.end - range.begin));
  return all;
}

Text masked(std::string_view text) {
  Ranges found = ranges_of(text);
  return found.empty() ? Text(text) : covered(text, found);
}

Text masked(std::string_view text, std::string_view statement) {
  Ranges found = ranges_of(text), named;
  secret::find_all(statement, named);
  for (const Range& range : named) {
    const std::string_view secret = statement.substr(range.begin, range.end - range.begin);
    if (is_distinctive(secret)) find_text(text, secret, found);
    if (secret.empty()) continue;
    Ranges with_quotes;
    find_text(text, concat("\"", secret, "\""), with_quotes);
    for (const Range& quoted_word : with_quotes) found.push_back({quoted_word.begin + 1, quoted_word.end - 1});
  }
  return found.empty() ? Text(text) : covered(text, found);
}

}  // namespace quoin
