# Turns the catalog's JSON files into one C++ file: their texts, and an index from every id, name
# and alias to its file, so that a question parses only the files that it names.
#
#   cmake -DROOT=<data folder> -DOUTPUT=<embedded.cpp> -P embed.cmake
cmake_minimum_required(VERSION 3.25)

# Case, '-', '_' and spaces do not matter in a name (the same rule as name_key() in catalog.cpp).
function(name_key name result)
  string(TOLOWER "${name}" key)
  string(REGEX REPLACE "[-_ ]" "" key "${key}")
  set(${result} "${key}" PARENT_SCOPE)
endfunction()

file(GLOB files "${ROOT}/devices/*.json" "${ROOT}/engines/*.json" "${ROOT}/models/*.json" "${ROOT}/prices/*.json"
     "${ROOT}/efficiency/*.json" "${ROOT}/schema/*.json")
list(REMOVE_ITEM files "${ROOT}/schema/budget-1.json")  # the program writes it
set(texts "")
set(names "")
set(position 0)
foreach(file IN LISTS files)
  file(READ "${file}" text)
  file(RELATIVE_PATH path "${ROOT}" "${file}")
  get_filename_component(folder "${path}" DIRECTORY)
  string(APPEND texts "    {\"${path}\", R\"json(${text})json\"},\n")
  string(JSON id ERROR_VARIABLE no_id GET "${text}" id)
  if(NOT no_id)
    string(JSON name ERROR_VARIABLE no_name GET "${text}" name)
    set(keys "")
    name_key("${id}" key)
    list(APPEND keys "${key}")
    name_key("${name}" key)
    list(APPEND keys "${key}")
    string(JSON count ERROR_VARIABLE no_aliases LENGTH "${text}" aliases)
    if(NOT no_aliases AND count GREATER 0)
      math(EXPR last "${count} - 1")
      foreach(i RANGE ${last})
        string(JSON alias GET "${text}" aliases ${i})
        name_key("${alias}" key)
        list(APPEND keys "${key}")
      endforeach()
    endif()
    list(REMOVE_DUPLICATES keys)
    foreach(key IN LISTS keys)
      list(APPEND names "${folder}/${key} ${id} ${position}")
    endforeach()
  endif()
  math(EXPR position "${position} + 1")
endforeach()

list(SORT names)  # a space sorts before every character of a key, so keys are in order too
set(index "")
foreach(entry IN LISTS names)
  string(REGEX MATCH "^([^ ]*) ([^ ]*) ([^ ]*)$" entry "${entry}")
  string(APPEND index "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\", ${CMAKE_MATCH_3}},\n")
endforeach()

file(WRITE "${OUTPUT}.new" "// Written by data/embed.cmake from data/**.json.
#include \"embedded.hpp\"

#include <array>

namespace roofline {
namespace {

constexpr std::array files{std::to_array<EmbeddedFile>({
${texts}})};

constexpr std::array names{std::to_array<EmbeddedName>({
${index}})};

}  // namespace

std::span<const EmbeddedFile> embedded_files() { return files; }
std::span<const EmbeddedName> embedded_names() { return names; }

}  // namespace roofline
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
