#include "parser/migrations/changesets.h"

#include <algorithm>

#include "core/base/files.h"
#include "core/sql/ast.h"
#include "core/sql/line_ends.h"
#include "parser/migrations/sections.h"
#include "parser/migrations/strip_comments.h"

namespace quoin {
namespace {

/// What a line says behind a word, as "--changeset", where it begins with that; no value: it does not.
std::optional<std::string_view> said(std::string_view line, std::string_view word) {
  word.remove_prefix(2);  // blanks may stand behind the sign
  line = trim(line);
  if (!line.starts_with("--")) return std::nullopt;
  line = trim(line.substr(2));
  if (lower(line.substr(0, word.size())) != word) return std::nullopt;
  const std::string_view rest = line.substr(word.size());
  const bool ends = rest.empty() || rest[0] == ' ' || rest[0] == '\t' || rest[0] == ':';
  return ends ? std::optional(trim(rest)) : std::nullopt;
}

/// `key:value` words; a value may be quoted, with blanks in it.
Variables attributes_of(std::string_view text) {
  Variables all;
  while (!(text = trim(text)).empty()) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) break;
    const Text key = lower(trim(text.substr(0, colon)));
    text.remove_prefix(colon + 1);
    const char quote = text.empty() ? ' ' : text[0];
    const bool quoted = quote == '"' || quote == '\'';
    const std::size_t end = quoted ? text.find(quote, 1) : text.find_first_of(" \t");
    const std::size_t size = std::min(end, text.size());
    all[key] = text.substr(quoted ? 1 : 0, size - (quoted ? 1 : 0));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return all;
}

Text value_of(const Variables& attributes, std::string_view key) {
  const auto found = attributes.find(key);
  return found == attributes.end() ? Text() : found->second;
}

class ChangesetReader {
 public:
  ChangesetReader(const ChangesetFile& file, const ChangesetReading& reading)
      : file_(file), reading_(reading), path_(file.path) {}

  std::vector<Migration> read() {
    lines_ = split(with_line_feeds(read_text(file_.file)), '\n');
    if (lines_.back().empty()) lines_.pop_back();
    for (; at_ < lines_.size(); ++at_) take(lines_[at_]);
    end();
    return std::move(found_);
  }

 private:
  const ChangesetFile& file_;
  const ChangesetReading& reading_;
  Text path_;
  List lines_;
  std::size_t at_ = 0;
  std::vector<Migration> found_;

  // The changeset at hand.
  std::size_t begin_ = 0;  // the line behind its head; 0: there is none
  Text head_;
  Variables attributes_;
  Text description_, obstacle_;
  List rollback_;  // a line of the file each, so that places hold
  std::size_t rollback_begin_ = 0;

  [[noreturn]] void fail(const Text& message, const Text& hint) const {
    throw Error(Code::input, message, {file_.file, static_cast<int>(at_) + 1, 1}, hint);
  }

  void take(std::string_view line) {
    if (const auto rest = said(line, "--liquibase formatted sql")) return take_file(*rest);
    if (const auto rest = said(line, "--changeset")) return take_head(*rest);
    if (const auto rest = said(line, "--property")) return take_property(*rest);
    if (const auto rest = said(line, "--ignorelines")) return ignore_lines(*rest);
    if (begin_ == 0) return require_silence(line);
    if (const auto rest = said(line, "--rollback")) return add_rollback(*rest);
    if (const auto rest = said(line, "--comment")) description_ = *rest;
    if (is_precondition(line)) obstacle_ = "its preconditions are Liquibase's to check, and quoin checks none";
    if (begins_rollback_block(line)) take_rollback_block();
  }

  static bool is_precondition(std::string_view line) {
    line = trim(line);
    return line.starts_with("--") && lower(trim(line.substr(2))).starts_with("precondition");
  }

  static bool begins_rollback_block(std::string_view line) {
    List words = split(trim(lower(line)), ' ');
    std::erase(words, "");
    return join(words, "").starts_with("/*liquibaserollback");
  }

  /// `--ignoreLines:3`, or from `--ignoreLines:start` to `--ignoreLines:end`: no part of any changeset.
  void ignore_lines(std::string_view rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(": \t"), rest.size()));
    const std::size_t from = at_;
    const auto ends = [&](std::string_view line) {
      const auto found = said(line, "--ignorelines");
      return found && lower(*found).ends_with("end");
    };
    if (lower(rest) == "start") {
      while (++at_ < lines_.size() && !ends(lines_[at_])) continue;
      if (at_ == lines_.size()) at_ = from, fail("nothing ends what is ignored from here", "write --ignoreLines:end");
    } else if (!rest.empty() && rest.find_first_not_of("0123456789") == rest.npos && rest.size() < 7) {
      at_ += std::stoul(Text(rest));
    } else {
      fail("--ignoreLines takes a number of lines, start or end",
           "write it as --ignoreLines:2, or --ignoreLines:start");
    }
    // What is ignored stays as empty lines, so that places hold.
    for (std::size_t line = from; line <= at_ && line < lines_.size(); ++line) lines_[line].clear();
  }

  void take_file(std::string_view rest) {
    if (const Text logical = value_of(attributes_of(rest), "logicalfilepath"); !logical.empty()) path_ = logical;
  }

  void take_property(std::string_view rest) {
    const Variables attributes = attributes_of(rest);
    const bool is_meant = is_for_postgresql(value_of(attributes, "dbms")) &&
                          reason_to_pass_over(reading_.filter, {contexts_of(attributes), {}}).empty();
    if (const Text name = value_of(attributes, "name"); !name.empty() && is_meant)
      reading_.variables.try_emplace(name, value_of(attributes, "value"));
  }

  void require_silence(std::string_view line) const {
    line = trim(line);
    if (!line.empty() && !line.starts_with("--") && !line.starts_with("/*") && !line.starts_with('*'))
      fail("SQL above the first --changeset belongs to none", "begin one above it: --changeset author:id");
  }

  void take_head(std::string_view rest) {
    end();
    // Either may be quoted: "Ann Lee":"add users".
    const auto part = [&](const char* until) {
      const bool quoted = rest.starts_with('"');
      const std::size_t end = std::min(quoted ? rest.find('"', 1) : rest.find_first_of(until), rest.size());
      const Text value(trim(rest.substr(quoted ? 1 : 0, end - (quoted ? 1 : 0))));
      rest.remove_prefix(std::min(end + (quoted ? 1 : 0), rest.size()));
      return value;
    };
    const Text author = part(":");
    const bool has_id = rest.starts_with(':');
    if (has_id) rest.remove_prefix(1);
    const Text id = has_id ? part(" \t") : Text();
    if (author.empty() || id.empty())
      fail("a changeset is named by its author and an id", "write it as: --changeset ann:add-users");
    attributes_ = attributes_of(rest);
    const Text logical = value_of(attributes_, "logicalfilepath");
    head_ = concat(logical.empty() ? path_ : logical, "::", id, "::", author);
    begin_ = at_ + 1;
  }

  void add_rollback(std::string_view rest) {
    const Text words = lower(rest);
    if (rollback_.empty()) rollback_begin_ = at_;
    rollback_.resize(at_ - rollback_begin_);
    rollback_.emplace_back(words == "empty" || words == "not required" ? std::string_view() : rest);
  }

  void take_rollback_block() {
    ++at_;
    if (rollback_.empty()) rollback_begin_ = at_;
    rollback_.resize(at_ - rollback_begin_);
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = trim(lines_[at_]);
      const bool is_last = line.ends_with("*/");
      rollback_.emplace_back(is_last ? line.substr(0, line.size() - 2) : std::string_view(lines_[at_]));
      if (is_last) return;
    }
  }

  /// Closes the changeset at hand.
  void end() {
    if (begin_ == 0) return;
    const Place head{file_.file, static_cast<int>(begin_), 1};
    const Text databases = value_of(attributes_, "dbms");
    const bool ignored = lower(value_of(attributes_, "ignore")) == "true";
    const Text passed_over = reason_to_pass_over(reading_.filter, limits());
    if (ignored || !is_for_postgresql(databases))
      leave_out(head, Severity::note,
                concat(head_, ignored ? " is to be ignored" : concat(" is for ", databases, " alone")));
    else if (!passed_over.empty())
      leave_out(head, Severity::note, concat(head_, " ", passed_over));
    else
      found_.push_back(changeset()), tell_contexts(head), tell_unheeded(head);
    begin_ = 0;
    description_.clear();
    obstacle_.clear();
    rollback_.clear();
  }

  List contexts_of(const Variables& attributes) const {
    for (const char* key : {"contextfilter", "context"})
      if (const Text said = value_of(attributes, key); !said.empty())
        return {filled(said, Placeholders::braces, reading_.variables)};
    return {};
  }

  ChangesetLimits limits() const {
    ChangesetLimits all = file_.limits;
    for (Text& context : contexts_of(attributes_)) all.contexts.push_back(std::move(context));
    if (const Text labels = value_of(attributes_, "labels"); !labels.empty())
      all.labels.push_back(filled(labels, Placeholders::braces, reading_.variables));
    return all;
  }

  /// Liquibase runs them all where it is given no contexts and no labels, and so does quoin.
  void tell_contexts(const Place& place) {
    List said;
    const ChangesetLimits all = limits();
    for (const Text& context : all.contexts)
      if (!reading_.filter.contexts) said.push_back(concat("context:", context));
    for (const Text& labels : all.labels)
      if (!reading_.filter.label_filter) said.push_back(concat("labels:", labels));
    if (!said.empty())
      tell(place,
           {"context", concat(head_, " says ", join(said, ", "), ", and runs here as everywhere"),
            "say in quoin.yaml which run here, as with Liquibase's --contexts and --label-filter: contexts: prod,"
            " label_filter: v1 ('' runs all without this warning)"});
  }

  /// Attributes that Liquibase follows otherwise.
  void tell_unheeded(const Place& place) {
    if (is_true("runalways"))
      tell(place,
           {"left-out", concat("runAlways of ", head_, " is left out: it runs again when it changes, not each time"),
            "what is to be done at each run goes into hooks: after_run (quoin help hooks)"});
    if (lower(value_of(attributes_, "failonerror")) == "false")
      tell(place, {"left-out", concat("failOnError:false of ", head_, " is left out: where it fails, the run stops"),
                   "quoin migrate --continue goes on with those that do not need it"});
  }

  struct Told {
    RuleName rule;
    Text message, hint;
  };
  void tell(const Place& place, const Told& told) {
    Finding& finding = reading_.left_out.emplace_back();
    finding.severity = Severity::warning;
    finding.rule = told.rule;
    finding.message = told.message;
    finding.hint = told.hint;
    finding.place = place;
  }

  void leave_out(const Place& place, Severity severity, const Text& reason) {
    Finding& finding = reading_.left_out.emplace_back();
    finding.severity = severity;
    finding.rule = "left-out";
    finding.message = concat("left out: ", reason);
    finding.place = place;
  }

  Migration changeset() {
    Migration migration;
    migration.version = head_;
    migration.aliases = {head_.substr(0, head_.rfind("::"))};
    migration.aliases.push_back(migration.aliases[0].substr(migration.aliases[0].rfind("::") + 2));
    migration.description = description_;
    migration.file = file_.file;
    migration.layout = Layout::liquibase;
    migration.runs_when_changed = is_true("runonchange") || is_true("runalways");
    migration.obstacle = obstacle_;
    const List own(lines_.begin() + static_cast<std::ptrdiff_t>(begin_),
                   lines_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, lines_.size())));
    migration.checksum = checksum_of(own);
    migration.up = section(own, begin_);
    if (!rollback_.empty()) migration.down = rollback(migration);
    heed_attributes(migration);
    return migration;
  }

  bool is_true(std::string_view key) const { return lower(value_of(attributes_, key)) == "true"; }

  /// Of the SQL that runs alone, so that a rollback or comment may be added later.
  static Text checksum_of(const List& lines) {
    Text sql;
    for (const Text& line : lines)
      if (!said(line, "--rollback") && !said(line, "--comment")) sql += concat(line, "\n");
    std::erase(sql, '\r');
    return sha256(trim(sql));
  }

  Section section(const List& lines, std::size_t first) const {
    migration_sections::FileParts parts;
    const int before = static_cast<int>(first);
    try {
      parts = migration_sections::read(file_.file, join(lines, "\n") + "\n", migration_sections::Shape::only_up);
    } catch (Error& error) {
      error.where.line += before;
      throw;
    }
    parts.up.line += before;
    for (Directive& directive : parts.up.directives) directive.place.line += before;
    return std::move(parts.up);
  }

  std::optional<Section> rollback(Migration& migration) const {
    const bool by_another =
        std::ranges::any_of(rollback_, [](const Text& line) { return lower(trim(line)).starts_with("changesetid:"); });
    if (by_another) return std::nullopt;
    Section down = section(rollback_, rollback_begin_);
    down.directives = migration.up.directives;
    return down;
  }

  void heed_attributes(Migration& migration) const {
    const Place head{file_.file, static_cast<int>(begin_), 1};
    const bool strips = lower(value_of(attributes_, "stripcomments")) != "false";
    for (Section* section : {&migration.up, migration.down ? &*migration.down : nullptr}) {
      if (section == nullptr) continue;
      if (lower(value_of(attributes_, "runintransaction")) == "false")
        section->directives.push_back({"no-transaction", "", head});
      const Text delimiter = value_of(attributes_, section == &migration.up ? "enddelimiter" : "rollbackenddelimiter");
      if (strips) section->text = without_comments(section->text);
      if (!delimiter.empty() && !with_semicolons(section->text, delimiter))
        migration.obstacle = concat("its endDelimiter ", delimiter, " is a pattern, which quoin does not follow");
    }
    if (!value_of(attributes_, "runorder").empty())
      migration.obstacle =
          concat("it says runOrder:", value_of(attributes_, "runorder"), ", and quoin runs it in its place");
  }

  /// A delimiter at the end of a line becomes a semicolon; false: it is none but a pattern.
  static bool with_semicolons(Text& text, std::string_view delimiter) {
    while (delimiter.starts_with("\\n")) delimiter.remove_prefix(2);
    while (delimiter.ends_with("\\n")) delimiter.remove_suffix(2);
    if (delimiter.empty() || delimiter.find_first_of("\\*?+[](|)^$") != delimiter.npos) return delimiter == "$$";
    if (delimiter == ";") return true;
    List lines = split(text, '\n');
    for (Text& line : lines) {
      const std::size_t end = line.find_last_not_of(" \t") + 1;
      const bool closes = end >= delimiter.size() && lower(line.substr(0, end)).ends_with(lower(delimiter));
      const bool is_word = std::isalpha(static_cast<unsigned char>(delimiter[0])) != 0 || delimiter == "/";
      if (closes && (!is_word || trim(line).size() == delimiter.size()))
        line = concat(line.substr(0, end - delimiter.size()), ";");
    }
    text = join(lines, "\n");
    return true;
  }
};

}  // namespace

bool is_for_postgresql(const Text& databases) {
  if (databases.empty()) return true;
  bool named_others = false, only_excluded = true;
  for (const Text& word : split(databases, ',')) {
    const Text one = lower(trim(word));
    if (one == "postgresql" || one == "all") return true;
    if (one == "!postgresql" || one == "none") return false;
    named_others = true;
    only_excluded &= one.starts_with('!');
  }
  return !named_others || only_excluded;
}

bool is_formatted_sql(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty()) return said(line, "--liquibase formatted sql").has_value();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::vector<Migration> read_changesets(const ChangesetFile& file, const ChangesetReading& reading) {
  return ChangesetReader(file, reading).read();
}

}  // namespace quoin
