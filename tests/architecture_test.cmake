# Includes point down only. The order of the layers is the line of src/README.md that begins with
# "    text error units": a file includes its own layer and those to its left, and of a group in
# braces only its own.
#
#   cmake -DROOT=<repository> -P architecture_test.cmake
cmake_minimum_required(VERSION 3.25)

set(faults 0)
macro(fault message)
  message(NOTICE "${message}")
  math(EXPR faults "${faults} + 1")
endmacro()

file(STRINGS "${ROOT}/src/README.md" order REGEX "^    text error units ")
if(NOT order)
  message(FATAL_ERROR "src/README.md has no line of layers")
endif()

# below_X: what a file of layer X may include. Words of one group do not see each other.
string(REGEX MATCHALL "{[^}]*}|[a-z_]+" groups "${order}")
set(so_far "")
foreach(group IN LISTS groups)
  string(REGEX MATCHALL "[a-z_]+" members "${group}")
  foreach(layer IN LISTS members)
    set(below_${layer} ${so_far} ${layer})
  endforeach()
  list(APPEND so_far ${members})
endforeach()

# Beyond the order: tables and pictures are made by `answer`, below it only single values are put
# into words; and a kernel alone is no part of a deployment.
set(above_report answer cli)
set(values_of_report search measure gate)
set(between_catalog_and_evaluate catalog import detect workload engine kernel serving cost evaluate)
set(above_kernel answer cli)
# Files that moved before they were cut free of what they must not know. This only gets shorter.
set(still_bound "^src/(answer|ask|evaluate/roof_points|search/point_choice|search/plan_devices)")
function(extra_rule layer target line)
  set(refused FALSE)
  if(target STREQUAL "report")
    if(layer IN_LIST between_catalog_and_evaluate)
      set(refused TRUE)
    elseif(layer IN_LIST values_of_report AND
           NOT line MATCHES "report/(humanize|value|format)\\.hpp")
      set(refused TRUE)
    elseif(line MATCHES "report/report\\.hpp" AND NOT layer IN_LIST above_report)
      set(refused TRUE)
    endif()
  elseif(target STREQUAL "kernel" AND NOT layer IN_LIST above_kernel)
    set(refused TRUE)
  endif()
  set(refused ${refused} PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/include/*.hpp" "${ROOT}/src/*.hpp"
     "${ROOT}/src/*.cpp")
foreach(file IN LISTS files)
  string(REGEX REPLACE "^(include/roofline|src)/([^/]*)/.*$" "\\2" layer "${file}")
  if(NOT DEFINED below_${layer})
    fault("${file}: '${layer}' is no layer that src/README.md knows")
    continue()
  endif()
  file(STRINGS "${ROOT}/${file}" includes REGEX "^#include")
  foreach(line IN LISTS includes)
    if(line MATCHES "[\"<](roofline/)?([a-z]+)/[^\">]*[\">]")
      set(target "${CMAKE_MATCH_2}")
      if(DEFINED below_${target} AND NOT target STREQUAL layer)
        extra_rule(${layer} ${target} "${line}")
        if((refused OR NOT target IN_LIST below_${layer}) AND NOT file MATCHES "${still_bound}")
          fault("${file}: ${layer} may not include this of ${target}: ${line}")
        endif()
      endif()
    endif()
    if(line MATCHES "<nlohmann/" AND NOT file MATCHES "^src/(input/json|report/(to_)?json)\\.cpp$")
      fault("${file}: nlohmann_json belongs to src/input/json.cpp and src/report/to_json.cpp")
    endif()
    if(line MATCHES "<CLI/" AND NOT file MATCHES "^src/cli/(line/)?command_line\\.cpp$")
      fault("${file}: CLI11 belongs to src/cli/line/command_line.cpp")
    endif()
    if(line MATCHES "<(iostream|cstdio)>" AND NOT file MATCHES "^src/(cli/|input/source\\.cpp)")
      fault("${file}: only the command line writes: ${line}")
    endif()
  endforeach()
endforeach()

if(faults GREATER 0)
  message(FATAL_ERROR "${faults} includes point the wrong way")
endif()
