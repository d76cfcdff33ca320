// Documents in files: which files are quoin's to write over, which are stale, and the writing.
#pragma once
#include "snapshot/documents/documents.h"

namespace quoin {

/// A document as it stands in a file: with a mark by which quoin knows the file again, where its form has room for one
/// ("md", "yaml", "sql", "mermaid"; "json" has none).
Text for_file(const Text& content, std::string_view form);
/// Throws Error(Code::refused) where one of the files is there and was not written by quoin, or was changed by hand
/// since. The names of the pages are paths.
void require_own(const std::vector<Page>& files, std::string_view form);

/// A file that does not say what it would if it were written now.
struct Stale {
  Text path, what;  // "is not there", "is stale from line 3 …"
};
/// Nothing, or the one file.
std::vector<Stale> stale_file(const Text& path, std::string_view content);
/// Of a folder: also pages that an earlier run wrote, about something that is no more.
std::vector<Stale> stale_pages(const Text& folder, const std::vector<Page>&);

/// What a folder of pages has become.
struct WrittenPages {
  List wrote;    // paths of those that were new or have changed
  List removed;  // names of pages about something that is no more
};
WrittenPages write_pages(const Text& folder, const std::vector<Page>&);

}  // namespace quoin
