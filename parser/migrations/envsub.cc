#include "parser/migrations/envsub.h"

#include <charconv>

#include "core/sql/ast.h"
#include "parser/migrations/marks.h"

namespace quoin {

using migration_marks::Envsub;

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }
bool is_of_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

/// SQL without comments, read from left to right.
class Filling {
 public:
  Filling(std::string_view sql, const EnvsubValues& values) : rest_(sql), values_(values) {}

  /// Up to the end, or to a closing brace where `end` is one.
  Text filled(std::string_view end = {}) {
    Text all;
    while (!rest_.empty() && (end.empty() || !rest_.starts_with(end))) {
      const std::string_view kept = kept_here();
      if (rest_.starts_with("\\$")) {
        take(2);
        all += '$';
      } else if (!kept.empty()) {
        all += kept;
        take(kept.size());
      } else if (rest_.starts_with("${")) {
        take(2);
        all += in_braces();
      } else {
        take(1);
        all += value_or_obstacle(name());
      }
    }
    return all;
  }
  const Text& obstacle() const { return obstacle_; }

 private:
  static constexpr int deepest = 16;  // a word in braces may have braces in it
  std::string_view rest_;
  const EnvsubValues& values_;
  Text obstacle_;
  int depth_ = 0;

  void take(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

  /// The text at this place that names no variable and stays; empty: a variable is named here.
  std::string_view kept_here() const {
    if (rest_[0] != '$') return rest_.substr(0, rest_.starts_with("\\\\") ? 2 : 1);
    if (rest_.starts_with("${")) return {};
    std::size_t tag = 1;
    while (tag < rest_.size() && is_of_name(rest_[tag])) ++tag;
    if (tag < rest_.size() && rest_[tag] == '$') return rest_.substr(0, tag + 1);
    return tag > 1 && is_letter(rest_[1]) ? std::string_view() : rest_.substr(0, tag);
  }

  std::string_view name() {
    std::size_t end = 0;
    while (end < rest_.size() && is_of_name(rest_[end])) ++end;
    const std::string_view name = rest_.substr(0, end);
    take(end);
    return name;
  }

  std::optional<Text> value(std::string_view name) const {
    const auto found = values_.given.find(name);
    return found != values_.given.end() ? found->second : values_.environment(Text(name));
  }
  Text value_or_obstacle(std::string_view name) {
    const std::optional<Text> found = value(name);
    if (!found) obstruct(concat(name, " has no value"));
    return found.value_or(Text());
  }
  void obstruct(Text why) {
    if (obstacle_.empty()) obstacle_ = std::move(why);
  }

  Text in_braces() {
    const std::string_view whole = trim(rest_), named = name();
    Text text;
    if (++depth_ > deepest) {
      obstruct("its words in braces are too deep in each other");
      rest_ = {};
      return {};
    }
    if (named.empty() || !is_letter(named[0])) {
      obstruct(concat("no name begins at ${", whole));
    } else if (rest_.starts_with(":-")) {
      text = or_else(named, 2);
    } else if (rest_.starts_with("-")) {
      text = or_else(named, 1);
    } else if (rest_.starts_with("?")) {
      take(1);
      const Text message = filled("}");
      if (!value(named)) obstruct(message.empty() ? concat(named, " must be set") : concat(named, ": ", message));
      text = value(named).value_or(Text());
    } else if (rest_.starts_with(":")) {
      text = part_of(value_or_obstacle(named));
    } else {
      text = value_or_obstacle(named);
    }
    if (!rest_.starts_with('}')) obstruct(concat("nothing ends ${", whole));
    take(1);
    --depth_;
    return text;
  }

  /// `:-WORD`, of which the sign is two, and `-WORD`.
  Text or_else(std::string_view named, std::size_t sign) {
    take(sign);
    const Text word = filled("}");
    const std::optional<Text> found = value(named);
    return found && (sign == 1 || !found->empty()) ? *found : word;
  }

  /// `:OFFSET` and `:OFFSET:LENGTH`, in bytes; less than nothing counts from the end.
  Text part_of(const Text& value) {
    const auto number = [&] {
      take(1);
      const std::size_t end = std::min(rest_.find_first_of(":}"), rest_.size());
      const std::string_view said = trim(rest_.substr(0, end));
      long parsed = 0;
      const auto [after, wrong] = std::from_chars(said.begin(), said.end(), parsed);
      if (wrong != std::errc() || after != said.end()) obstruct(concat("\"", said, "\" is no number"));
      take(end);
      return parsed;
    };
    const long size = static_cast<long>(value.size());
    long begin = number();
    if (begin < 0) begin += size;
    long length = size;
    if (rest_.starts_with(':')) length = number();
    if (begin < 0 || begin > size) return {};
    const long end = length < 0 ? size + length : std::min(size, begin + std::min(length, size));
    return end <= begin ? Text() : value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }
};

}  // namespace

// Comments stay as they are: a value with a line break in it would continue as SQL.
Text fill_from_environment(Section& section, const EnvsubValues& values) {
  bool on = section.begins_with_envsub;
  Text all, obstacle;
  std::size_t done = 0;
  const std::string_view text = section.text;
  const auto fill_until = [&](std::size_t end) {
    Filling filling(text.substr(done, end - done), values);
    all += on ? filling.filled() : Text(text.substr(done, end - done));
    if (obstacle.empty()) obstacle = filling.obstacle();
    done = end;
  };
  for (const ast::Comment& comment : ast::comments(text)) {
    fill_until(comment.begin);
    const std::string_view words = text.substr(comment.begin, comment.end - comment.begin);
    const Envsub said = migration_marks::meaning_of(words, migration_marks::CommentPlace::whole_line).envsub;
    if (said != Envsub::unsaid) on = said == Envsub::on;
    all += words;
    done = comment.end;
  }
  fill_until(text.size());
  section.text = std::move(all);
  return obstacle;
}

}  // namespace quoin
