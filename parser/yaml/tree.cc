#include "parser/yaml/tree.h"

#include "core/base/secret.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

#include "parser/yaml/exact.h"
#include "parser/yaml/scalar.h"
#include "parser/yaml/traps.h"

namespace quoin::yaml {
namespace {

/// Builds the tree from yaml-cpp's events. What it refuses becomes a finding, and the value is read as it stands.
class Builder : public YAML::EventHandler {
 public:
  Builder(File& file, Text name, Findings& findings) : file_(file), name_(std::move(name)), findings_(findings) {}

  // yaml-cpp begins document after document at a bracket that closes nothing.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == last_document_) throw YAML::ParserException(mark, "a sign that belongs to nothing before it");
    last_document_ = mark.pos;
    open_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node node = at(mark, Shape::null);
    const std::string_view rest = std::string_view(file_.source).substr(node.begin);
    for (const std::string_view word : {"~", "null", "Null", "NULL"})
      if (rest.starts_with(word)) node.value = word;
    add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { add(at(mark, Shape::null)); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    Node node = at(mark, Shape::scalar);
    node.value = value;
    const char first = node.begin < file_.source.size() ? file_.source[node.begin] : ' ';
    node.style = tag != "!" ? Style::plain : first == '|' || first == '>' ? Style::block : Style::quoted;
    if (node.style == Style::plain) check_plain(node);
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value s) override {
    begin(mark, Shape::list, s == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value s) override {
    begin(mark, Shape::map, s == YAML::EmitterStyle::Flow);
  }
  void OnMapEnd() override { end(); }

  /// After yaml-cpp has given up: what was read until then is still worth reading.
  void close_all() {
    while (!open_.empty()) end();
  }

 private:
  struct Open {
    Node node;
    bool flow = false;
    bool key_waits = false;
    bool cut = false;  // a comma has cut a value in it: said once
    std::map<Text, Place> seen{};
  };

  Node at(const YAML::Mark& mark, Shape shape) {
    Node node;
    node.shape = shape;
    node.begin = mark.pos < 0 ? 0 : std::min(static_cast<std::size_t>(mark.pos), file_.source.size());
    node.place = place_of(file_, name_, node.begin);
    node.in_flow = in_flow();
    refuse_signs(node);
    return node;
  }
  void refuse_signs(const Node& node) {
    const char first = node.begin < file_.source.size() ? file_.source[node.begin] : ' ';
    if (first != '&' && first != '*' && first != '!') return;
    const Text what = first == '!' ? "a tag" : first == '&' ? "an anchor" : "an alias";
    findings_.push_back(finding(file_, node.place,
                                {"yaml-sign", concat("YAML takes this for ", what, ", which quoin does not read"),
                                 quote_advice(file_.source, node.begin, in_flow())}));
  }
  void check_plain(Node& node) {
    const std::size_t after = end_of_plain(file_.source, node.begin, node.value);
    if (const std::size_t sign = comment_after(file_.source, after); sign != Text::npos)
      node.comment = place_of(file_, name_, sign);
    if (in_flow() && is_cut(node.value)) report_cut(node, quote_advice(file_.source, node.begin, true));
  }
  void report_cut(const Node& node, Text advice) {
    if (open_.back().cut) return;
    open_.back().cut = true;
    findings_.push_back(finding(
        file_, node.place,
        {"yaml-cut", concat("YAML cuts this value at the comma, after \"", node.value, "\""), std::move(advice)}));
  }
  bool in_flow() const { return !open_.empty() && open_.back().flow; }

  void begin(const YAML::Mark& mark, Shape shape, bool flow) {
    Node node = at(mark, shape);
    open_.push_back({std::move(node), flow});
  }
  void end() {
    Node done = std::move(open_.back().node);
    if (done.keys.size() > done.values.size()) {
      done.values.emplace_back();
      done.values.back().place = done.keys.back().place;
      done.values.back().begin = done.keys.back().begin;
    }
    open_.pop_back();
    add(std::move(done));
  }
  void add(Node node) {
    if (open_.empty()) {
      file_.documents.push_back(std::move(node));
      return;
    }
    if (open_.back().node.is(Shape::list)) {
      open_.back().node.items.push_back(std::move(node));
    } else if (open_.back().key_waits) {
      open_.back().key_waits = false;
      if (node.is(Shape::null) && node.value.empty()) at_its_key(node);
      open_.back().node.values.push_back(std::move(node));
    } else {
      add_key(open_.back(), std::move(node));
    }
  }
  /// Nothing has no place of its own. In { } it is mostly the rest of a value with a comma.
  void at_its_key(Node& nothing) {
    const Node& map = open_.back().node;
    nothing.place = map.keys.back().place;
    nothing.begin = map.keys.back().begin;
    const bool goes_on = in_flow() && !map.values.empty() && map.values.back().is(Shape::scalar) &&
                         map.keys.back().value.find_first_of(" ()") != Text::npos;
    if (!goes_on) return;
    const std::size_t begin = map.values.back().begin, end = nothing.begin + map.keys.back().value.size();
    report_cut(map.values.back(),
               concat("quote it: ", quoted(std::string_view(file_.source).substr(begin, end - begin))));
  }
  void add_key(Open& map, Node key) {
    map.key_waits = true;
    if (!key.is(Shape::scalar) && !(key.is(Shape::null) && !key.value.empty())) {
      findings_.push_back(
          finding(file_, key.place, {"yaml-key", "a key must be a name, not a list, a map or nothing"}));
      key.is_unusable = true;
    } else if (key.value.empty()) {
      findings_.push_back(finding(file_, key.place,
                                  {"yaml-key", "a name is missing before this colon", "write one between the quotes"}));
      key.is_unusable = true;
    } else if (const auto [first, fresh] = map.seen.emplace(key.value, key.place); !fresh) {
      findings_.push_back(finding(
          file_, key.place,
          {"yaml-duplicate", concat("the key \"", key.value, "\" is there twice, first at ", to_string(first->second)),
           "keep one of them"}));
      key.is_unusable = true;
    }
    if (key.is_unusable) key.value.clear();                                  // readers pass over keys without a name
    if (key.is(Shape::null) && !key.is_unusable) key.shape = Shape::scalar;  // a table may be called null
    map.node.keys.push_back(std::move(key));
  }

  File& file_;
  Text name_;
  Findings& findings_;
  std::vector<Open> open_;
  int last_document_ = -1;
};

Text with_plain_line_ends(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  Text all;
  all.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') all += text[i];
  return all;
}

/// yaml-cpp replaces or swallows such bytes without a word (its end of file is U+0004).
bool refuse_bytes(const File& file, const Text& name, Findings& findings) {
  if (!is_utf8(file.source)) {
    findings.push_back({.rule = "yaml-bytes",
                        .message = "the file is not UTF-8 text",
                        .place = {name, 1, 1},
                        .object = {},
                        .hint = "save it as UTF-8",
                        .source = {}});
    return true;
  }
  for (std::size_t i = 0; i < file.source.size(); ++i) {
    const auto byte = static_cast<unsigned char>(file.source[i]);
    if ((byte >= 0x20 && byte != 0x7f) || byte == '\n' || byte == '\t') continue;
    findings.push_back(
        finding(file, place_of(file, name, i),
                {"yaml-bytes", "a control character stands here", "remove it, or write it as \\x.. in double quotes"}));
    return true;
  }
  return false;
}
}  // namespace

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i].value == key && !key.empty()) return &values[i];
  return nullptr;
}

const Lines& File::lines() const {
  if (!lines_ || lines_->whole().data() != source.data()) lines_.emplace(source);  // a short one moves with its File
  return *lines_;
}

namespace {
/// What is said of broken YAML quotes from it, a secret's value too, without the key that tells what it is.
void hide_secrets(Finding& found, const File& file) {
  constexpr std::size_t most = 2000;  // bytes before a line's end
  if (!is_syntax(found)) return;
  const std::size_t end = file.lines().end_of(found.place.line), begin = end - std::min(end, most);
  const std::string_view around = std::string_view(file.source).substr(begin, end - begin);
  found.message = masked(found.message, around);
  for (const Text& secret : secrets_in(around))
    if (found.hint.find(secret) != Text::npos) found.hint = "mend the value, which is not shown: it may be a secret";
}
}  // namespace

Finding finding(const File& file, const Place& place, Message said) {
  Finding found{.rule = said.rule,
                .message = std::move(said.message),
                .place = place,
                .object = {},
                .hint = std::move(said.hint),
                .source = {}};
  found.source = file.lines().shown(place.line);
  hide_secrets(found, file);
  return found;
}

bool is_syntax(const Finding& found) {
  return found.rule == "yaml" || found.rule == "yaml-cut" || found.rule == "yaml-sign" || found.rule == "yaml-bytes";
}

Place place_of(const File& file, const Text& name, std::size_t offset) {
  const LineColumn at = file.lines().at(offset);
  return {name, at.line, at.column};
}

File read(const YamlText& yaml, Findings& findings) {
  File file;
  file.name = yaml.file;
  file.source = with_plain_line_ends(yaml.text);
  if (refuse_bytes(file, yaml.file, findings)) return file;
  Builder builder(file, yaml.file, findings);
  try {
    std::istringstream stream(file.source);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {}
  } catch (const YAML::Exception& broken) {
    const std::size_t mark = broken.mark.pos < 0 ? 0 : static_cast<std::size_t>(broken.mark.pos);
    const std::size_t offset = std::min(mark, file.source.size());
    builder.close_all();
    std::optional<Finding> cause = check_exact(file, offset);
    findings.push_back(cause ? std::move(*cause) : explain(file, yaml.file, offset, broken.msg));
    return file;
  }
  std::optional<Finding> inexact = check_exact(file);
  const bool is_said =
      inexact && std::ranges::any_of(findings, [&](const Finding& found) {
        return is_syntax(found) && found.place.file == file.name && found.place.line == inexact->place.line;
      });
  if (inexact && !is_said) findings.push_back(std::move(*inexact));
  return file;
}

}  // namespace quoin::yaml
