//===- Symbols.cpp - which models a shared library exports ----------------===//
//
// Reads the dynamic symbol table of an ELF file: section headers, the table,
// its strings. Pieces are read at checked offsets, since the weights make these
// files large and the file may be anything.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Symbols.h"

#if __has_include(<elf.h>)
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <link.h>
#include <memory>
#include <string_view>
#endif

namespace nnc::run {

#if __has_include(<elf.h>)
namespace {

using FileHeader = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Symbol = ElfW(Sym);

class ElfFile {
public:
  explicit ElfFile(const std::string &path)
      : file(std::fopen(path.c_str(), "rb"), std::fclose) {
    if (file && std::fseek(file.get(), 0, SEEK_END) == 0)
      size = std::ftell(file.get());
  }

  bool isOpen() const { return file && size >= 0; }

  /// `count` records of T at `offset`, if the file has that many.
  template <class T>
  bool read(std::uint64_t offset, std::uint64_t count,
            std::vector<T> &records) {
    std::uint64_t whole = static_cast<std::uint64_t>(size);
    if (offset > whole || count > (whole - offset) / sizeof(T))
      return false;
    records.resize(count);
    return std::fseek(file.get(), static_cast<long>(offset), SEEK_SET) == 0 &&
           std::fread(records.data(), sizeof(T), count, file.get()) == count;
  }

private:
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file;
  long size = -1;
};

bool readHeader(ElfFile &file, FileHeader &header, std::string &error) {
  std::vector<FileHeader> headers;
  bool isElf = file.read(0, 1, headers) &&
               std::memcmp(headers[0].e_ident, ELFMAG, SELFMAG) == 0;
  if (!isElf) {
    error = "it is no shared library [N801]";
    return false;
  }
  header = headers[0];
  constexpr int nativeClass = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (header.e_ident[EI_CLASS] != nativeClass) {
    error = "it is compiled for another kind of machine [N801]";
    return false;
  }
  if (header.e_type != ET_DYN) {
    error =
        "it is no shared library; compile the model with -o MODEL.so [N801]";
    return false;
  }
  return true;
}

/// A C identifier that ends in "_model": sanitizers and linkers add symbols
/// that end so too, with a dot in them.
bool isModelName(const std::string &name) {
  constexpr std::string_view suffix = "_model";
  constexpr const char identifier[] = "abcdefghijklmnopqrstuvwxyz"
                                      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  return name.size() > suffix.size() &&
         name.compare(name.size() - suffix.size(), suffix.size(), suffix) ==
             0 &&
         name.find_first_not_of(identifier) == std::string::npos;
}

/// Adds the models among the symbols of one table.
bool addModels(ElfFile &file, const Section &table, const Section &stringTable,
               std::vector<std::string> &names) {
  std::vector<Symbol> symbols;
  std::vector<char> strings;
  if (!file.read(table.sh_offset, table.sh_size / sizeof(Symbol), symbols) ||
      !file.read(stringTable.sh_offset, stringTable.sh_size, strings))
    return false;
  // The last name ends at the table's end, whatever the file says.
  strings.push_back('\0');
  for (const Symbol &symbol : symbols) {
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_name >= strings.size() ||
        ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT)
      continue;
    std::string name = &strings[symbol.st_name];
    if (isModelName(name))
      names.push_back(name);
  }
  return true;
}

bool readSymbols(ElfFile &file, std::vector<std::string> &names,
                 std::string &error) {
  FileHeader header;
  std::vector<Section> sections;
  if (!readHeader(file, header, error))
    return false;
  bool good = header.e_shentsize == sizeof(Section) &&
              file.read(header.e_shoff, header.e_shnum, sections);
  for (const Section &section : sections) {
    if (!good || section.sh_type != SHT_DYNSYM)
      continue;
    good = section.sh_link < sections.size() &&
           addModels(file, section, sections[section.sh_link], names);
  }
  if (!good)
    error = "its symbol table is damaged; name the model with --symbol [N801]";
  return good;
}

} // namespace

bool findModelSymbols(const std::string &path, std::vector<std::string> &names,
                      std::string &error) {
  ElfFile file(path);
  if (!file.isOpen())
    error = std::strerror(errno) + std::string(" [N004]");
  else if (readSymbols(file, names, error))
    return true;
  error = "cannot load '" + path + "': " + error;
  return false;
}

#else

bool findModelSymbols(const std::string &path, std::vector<std::string> &,
                      std::string &error) {
  error = "cannot list the models of '" + path +
          "' on this system; name one with --symbol [N802]";
  return false;
}

#endif

} // namespace nnc::run
