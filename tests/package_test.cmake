# Installs the build into a folder of its own, and builds the program of docs/library.md against it
# with find_package: it must print what the page says.
#
#   cmake -DROOT=<repository> -DBUILD=<build folder> -DWORK=<scratch folder> -DCOMPILER=<C++ compiler>
#         -P package_test.cmake
cmake_minimum_required(VERSION 3.25)

function(must)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${status}\n${text}")
  endif()
endfunction()

# The block of the page that is fenced as `language`.
function(block_of page language result)
  set(fence "```${language}\n")
  string(FIND "${page}" "${fence}" start)
  if(start EQUAL -1)
    message(FATAL_ERROR "docs/library.md has no block of ${language}")
  endif()
  string(LENGTH "${fence}" length)
  math(EXPR start "${start} + ${length}")
  string(SUBSTRING "${page}" ${start} -1 rest)
  string(FIND "${rest}" "```" stop)
  string(SUBSTRING "${rest}" 0 ${stop} block)
  set(${result} "${block}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
must(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/root")
file(READ "${ROOT}/docs/library.md" page)
foreach(part "cmake CMakeLists.txt" "cpp consumer.cpp" "text expected.txt")
  separate_arguments(part)
  list(GET part 0 language)
  list(GET part 1 file)
  block_of("${page}" ${language} block)
  file(WRITE "${WORK}/${file}" "${block}")
endforeach()
must(${CMAKE_COMMAND} -S "${WORK}" -B "${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/root
     -DCMAKE_CXX_COMPILER=${COMPILER})
must(${CMAKE_COMMAND} --build "${WORK}/build")
execute_process(COMMAND "${WORK}/build/consumer" "${ROOT}/data/examples/chat-70b-b200.budget.json"
                OUTPUT_FILE "${WORK}/printed.txt" COMMAND_ERROR_IS_FATAL ANY)
must(${CMAKE_COMMAND} -E compare_files "${WORK}/printed.txt" "${WORK}/expected.txt")
must("${WORK}/root/bin/roofline" --version)
