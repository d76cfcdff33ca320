#include "project/document_files.h"

#include <algorithm>
#include <filesystem>

#include "core/base/comment.h"
#include "core/base/files.h"

namespace quoin {
namespace fs = std::filesystem;
namespace {
constexpr std::string_view written_by =
    "quoin snapshot, which writes it anew; take this line out of a file that is yours";

std::string_view sign_of(std::string_view form) {
  return form == "yaml" ? comment_sign::yaml : form == "sql" ? comment_sign::sql : comment_sign::mermaid;
}

/// By which a file tells that nobody has changed it since. A page of Markdown has none: that nobody edits it its own
/// mark says, and a line that is another for each content would be a conflict of every merge.
Text digest_of(std::string_view content) { return concat(" (", sha256(content).substr(0, 16), ")"); }

enum class Origin { own, changed_since, of_others };

/// A file with quoin's line at its head, of which older ones have no digest.
Origin origin_by_head(std::string_view there, std::string_view form) {
  const Text line = comment(sign_of(form), "Written by", written_by);
  const std::string_view known = std::string_view(line).substr(0, line.size() - 1);  // without the line break
  if (!there.starts_with(known)) return Origin::of_others;
  const std::size_t end = there.find('\n');
  if (end == Text::npos) return Origin::of_others;
  Text rest(there.substr(end + 1));
  std::erase(rest, '\r');  // a checkout may have put them there
  std::string_view digest = there.substr(known.size(), end - known.size());
  if (digest.ends_with('\r')) digest.remove_suffix(1);
  return digest.empty() || digest == digest_of(rest) ? Origin::own : Origin::changed_since;
}

/// "# Database", an empty line, "3 tables in 1 schema.": as pages began before they had a mark.
bool is_older_page(std::string_view text) {
  const List lines = split(text.substr(0, text.find("\n\n", 12)), '\n');
  return lines.size() == 3 && lines[0] == "# Database" && lines[1].empty() && lines[2].ends_with('.') &&
         (lines[2].find(" in ") != Text::npos || lines[2] == "Nothing is in it yet.") &&
         lines[2].find_first_of("0123456789N") == 0;
}

/// JSON has no line for a mark, so the shape of the whole tells; an empty file may be meant for something else.
bool is_own_json(std::string_view text) {
  constexpr std::string_view begin = "{\n  \"objects\": [", item = "\n    {\"kind\": \"",
                             end = "],\n  \"unmodelled\": [";
  if (!text.starts_with(begin) || !text.ends_with("]\n}\n")) return false;
  const std::string_view rest = text.substr(begin.size());
  return (rest.starts_with(item) || rest.starts_with(end)) && rest.find(end) != rest.npos;
}

Origin origin(std::string_view there, std::string_view content, std::string_view form) {
  if (there == content) return Origin::own;
  if (form == "json") return is_own_json(there) ? Origin::own : Origin::of_others;
  if (trim(there).empty()) return Origin::own;
  if (form != "md") return origin_by_head(there, form);
  return is_markdown_page(there) || is_older_page(there) ? Origin::own : Origin::of_others;
}

}  // namespace

Text for_file(const Text& content, std::string_view form) {
  if (form == "md") return marked_page(content);
  if (form == "json") return content;
  return concat(comment(sign_of(form), "Written by", concat(written_by, digest_of(content))), content);
}

void require_own(const std::vector<Page>& files, std::string_view form) {
  List others;
  for (const Page& file : files) {
    if (!fs::is_regular_file(file.name)) continue;
    const Origin from = origin(read_file(file.name), file.text, form);
    if (from == Origin::changed_since)
      throw Error(Code::refused, concat(file.name, " was changed by hand since quoin wrote it"), {file.name},
                  "take its first line out if it is yours now, name another place, or write over it: --overwrite");
    if (from == Origin::of_others) others.push_back(file.name);
  }
  if (others.empty()) return;
  throw Error(
      Code::refused,
      concat(join(others, ", "), others.size() == 1 ? " is" : " are", " there already, and not of quoin's making"),
      {others.front()}, "name another place, move it away, or write over it: --overwrite");
}

namespace {
// Where the first line differs, so that a person sees what went stale.
Text first_difference(std::string_view file, std::string_view now) {
  const List old_lines = split(file, '\n'), new_lines = split(now, '\n');
  std::size_t at = 0;
  while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at]) ++at;
  return concat("line ", std::to_string(at + 1), "\n  - ", at < old_lines.size() ? old_lines[at] : "(end of file)",
                "\n  + ", at < new_lines.size() ? new_lines[at] : "(end of file)");
}

// Pages that an earlier run wrote, of what is no more. What people put there is theirs.
List superfluous(const Text& folder, const std::vector<Page>& pages) {
  List names;
  if (!fs::is_directory(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const Text name = entry.path().filename().string();
    const bool is_page = entry.is_regular_file() && entry.path().extension() == ".md";
    if (!is_page || std::ranges::count(pages, name, &Page::name)) continue;
    if (is_markdown_page(read_file(entry.path().string()))) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

std::vector<Stale> stale_file(const Text& path, std::string_view content) {
  const Text file = fs::exists(path) ? read_file(path) : Text();
  if (file == content) return {};
  return {{path, file.empty() ? Text("is not there") : concat("is stale from ", first_difference(file, content))}};
}

std::vector<Stale> stale_pages(const Text& folder, const std::vector<Page>& pages) {
  std::vector<Stale> stale;
  for (const Page& page : pages)
    std::ranges::move(stale_file((fs::path(folder) / page.name).string(), page.text), std::back_inserter(stale));
  for (const Text& name : superfluous(folder, pages))
    stale.push_back({(fs::path(folder) / name).string(), "is about something that is no more"});
  return stale;
}

WrittenPages write_pages(const Text& folder, const std::vector<Page>& pages) {
  fs::create_directories(folder);
  WrittenPages done;
  for (const Page& page : pages) {
    const Text path = (fs::path(folder) / page.name).string();
    if (fs::exists(path) && read_file(path) == page.text) continue;
    write_file(path, page.text);
    done.wrote.push_back(path);
  }
  done.removed = superfluous(folder, pages);
  for (const Text& name : done.removed) fs::remove(fs::path(folder) / name);
  return done;
}

}  // namespace quoin
