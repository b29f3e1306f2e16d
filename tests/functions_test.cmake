# No function is longer than 40 lines or takes more than 5 parameters, as Universal Ctags counts
# them. Exceptions may only get fewer.
#
#   cmake -DROOT=<repository> -DCTAGS=<ctags> -DSCRATCH=<folder> -P functions_test.cmake
cmake_minimum_required(VERSION 3.25)

set(most_lines 40)
set(most_parameters 5)

# Functions that are longer, or take more.
set(longer)
set(wider)

if(NOT CTAGS)
  message("SKIPPED: there is no ctags")
  return()
endif()

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/include/*.hpp" "${ROOT}/src/*.hpp"
     "${ROOT}/src/*.cpp")
list(JOIN files "\n" list)
file(WRITE "${SCRATCH}/files" "${list}\n")
execute_process(
  COMMAND ${CTAGS} -x --language-force=C++ --kinds-C++=f --_xformat=%F:%n:%e:%N:%S -L "${SCRATCH}/files"
  WORKING_DIRECTORY "${ROOT}" OUTPUT_VARIABLE text RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message("SKIPPED: this ctags is not Universal Ctags")
  return()
endif()

set(faults 0)
set(count 0)
string(REPLACE ";" "," text "${text}")
string(REPLACE "\n" ";" functions "${text}")
foreach(function IN LISTS functions)
  if(NOT function MATCHES "^([^:]+):([0-9]+):([0-9]+):([^:]+):\\((.*)\\)")
    continue()
  endif()
  set(place "${CMAKE_MATCH_1}:${CMAKE_MATCH_2}")
  set(name "${CMAKE_MATCH_4}")
  set(parameters "${CMAKE_MATCH_5}")
  math(EXPR lines "${CMAKE_MATCH_3} - ${CMAKE_MATCH_2} + 1")
  math(EXPR count "${count} + 1")
  if(lines GREATER most_lines AND NOT name IN_LIST longer)
    message(NOTICE "${place}: ${name} has ${lines} lines, more than ${most_lines}")
    math(EXPR faults "${faults} + 1")
  endif()
  # Commas of templates and lambdas are none between parameters.
  while(parameters MATCHES "[<({][^<>(){}]*[>)}]")
    string(REGEX REPLACE "[<({][^<>(){}]*[>)}]" "" parameters "${parameters}")
  endwhile()
  string(REGEX MATCHALL "," commas "${parameters}")
  list(LENGTH commas number)
  math(EXPR number "${number} + 1")
  if(number GREATER most_parameters AND NOT name IN_LIST wider)
    message(NOTICE "${place}: ${name} takes ${number} parameters, more than ${most_parameters}")
    math(EXPR faults "${faults} + 1")
  endif()
endforeach()

if(count LESS 1000)
  message(FATAL_ERROR "only ${count} functions were found")
endif()
if(faults GREATER 0)
  message(FATAL_ERROR "${faults} functions are too large")
endif()
message("${count} functions")
