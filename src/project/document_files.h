// Documents in files: which files quoin may overwrite, which are stale, and writing them.
#pragma once
#include "snapshot/documents/documents.h"

namespace quoin {

/// A document as it stands in a file: with a mark by which quoin knows the file again, where its form has room for one
/// ("md", "yaml", "sql", "mermaid"; "json" has none).
Text for_file(const Text& content, std::string_view form);
/// Throws Error(Code::refused) where one of the files is there and was not written by quoin, or was changed by hand
/// since. The names of the pages are paths.
void require_own(const std::vector<Page>& files, std::string_view form);

/// A file whose content is not what would be written now.
struct Stale {
  Text path, what;  // "is not there", "is stale from line 3 …"
};
/// The file, if it is stale.
std::vector<Stale> stale_file(const Text& path, std::string_view content);
/// The stale files of a folder: also pages of an earlier run about objects that no longer exist.
std::vector<Stale> stale_pages(const Text& folder, const std::vector<Page>&);

/// What write_pages() has done to a folder.
struct WrittenPages {
  List wrote;    // paths of the pages that were new or have changed
  List removed;  // names of pages about objects that no longer exist
};
WrittenPages write_pages(const Text& folder, const std::vector<Page>&);

}  // namespace quoin
