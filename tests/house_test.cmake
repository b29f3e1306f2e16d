# The house rules that can be counted: sizes of files and folders, a header and a test for every
# source, names that are found once, a thin command line, and no flag of it below. Exceptions may
# only get fewer.
#
#   cmake -DROOT=<repository> -P house_test.cmake
cmake_minimum_required(VERSION 3.25)

set(most_lines 250)
set(most_entries 24)
set(most_of_cli 12)  # percent of all lines

# Found through a table: one header speaks for the folder.
set(behind_a_table "^src/(cli/commands/|catalog/readers/|gate/reports/|import/[a-z_]+/|report/)")
set(without_header
  catalog/api_price catalog/catalog_check catalog/catalog_prices
  catalog/kernel_choice gate/budget_reader gate/judge gate/starter
  cli/main serving/served_model units/parse_money workload/field_text workload/lower)
# Every source of these has a test of its path.
set(tested "^src/(kernel|evaluate|measure|search|gate|ask|answer)/")
# Who writes a flag knows the command line.
set(below_the_line
    "^(src|include/roofline)/(text|error|units|input|catalog|import|workload|engine|kernel|serving|cost|evaluate|measure|search|gate|ask)/")

set(faults 0)
macro(fault message)
  message(NOTICE "${message}")
  math(EXPR faults "${faults} + 1")
endmacro()

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/include/*.hpp" "${ROOT}/src/*.hpp"
     "${ROOT}/src/*.cpp")

set(all_lines 0)
set(cli_lines 0)
set(folders "")
set(names "")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" text)
  string(REGEX MATCHALL "\n" ends "${text}")
  list(LENGTH ends lines)
  math(EXPR all_lines "${all_lines} + ${lines}")
  if(file MATCHES "^src/cli/")
    math(EXPR cli_lines "${cli_lines} + ${lines}")
  endif()
  if(lines GREATER most_lines)
    fault("${file} has ${lines} lines, more than ${most_lines}")
  endif()
  get_filename_component(folder "${file}" DIRECTORY)
  list(APPEND folders "${folder}")

  string(REGEX REPLACE "//[^\n]*" "" code "${text}")
  if(file MATCHES "${below_the_line}" AND code MATCHES "\"[^\"\n]*--[a-z]")
    fault("${file} names a flag of the command line: ${CMAKE_MATCH_0}")
  endif()

  if(file MATCHES "^src/(.*)\\.cpp$")
    set(name "${CMAKE_MATCH_1}")
    if(file MATCHES "${tested}" AND NOT EXISTS "${ROOT}/tests/${name}_test.cpp")
      fault("${file} has no test tests/${name}_test.cpp")
    endif()
    if(NOT EXISTS "${ROOT}/src/${name}.hpp" AND NOT EXISTS "${ROOT}/include/roofline/${name}.hpp"
       AND NOT file MATCHES "${behind_a_table}" AND NOT name IN_LIST without_header)
      fault("${file} has no header of its name")
    endif()
    get_filename_component(base "${file}" NAME_WE)
    if(NOT file MATCHES "^src/cli/commands/")
      if(base IN_LIST names)
        fault("${file}: another source is called ${base}.cpp")
      endif()
      list(APPEND names "${base}")
    endif()
  endif()
endforeach()

set(counted ${folders})
list(REMOVE_DUPLICATES counted)
foreach(folder IN LISTS counted)
  set(entries 0)
  foreach(one IN LISTS folders)
    if(one STREQUAL folder)
      math(EXPR entries "${entries} + 1")
    endif()
  endforeach()
  if(entries GREATER most_entries)
    fault("${folder} has ${entries} files, more than ${most_entries}")
  endif()
endforeach()

math(EXPR percent "100 * ${cli_lines} / ${all_lines}")
if(percent GREATER most_of_cli)
  fault("src/cli holds ${percent} % of all lines, more than ${most_of_cli} %")
endif()

if(faults GREATER 0)
  message(FATAL_ERROR "${faults} house rules are broken")
endif()
