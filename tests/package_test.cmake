# Installs the build into a folder of its own and builds a program against it with find_package.
#
#   cmake -DBUILD=<build folder> -DWORK=<scratch folder> -DCOMPILER=<C++ compiler> -P package_test.cmake
cmake_minimum_required(VERSION 3.25)

function(must)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${status}\n${text}")
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK}")
must(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/root")
file(WRITE "${WORK}/CMakeLists.txt" "
cmake_minimum_required(VERSION 3.25)
project(consumer CXX)
find_package(roofline REQUIRED)
add_executable(consumer consumer.cpp)
target_link_libraries(consumer PRIVATE roofline::roofline)
")
file(WRITE "${WORK}/consumer.cpp" "
#include <roofline/catalog/catalog.hpp>
int main() {
    using namespace roofline;
    return Catalog().device(\"h100\")->bandwidth().in(gigabyte / second) == 3350 ? 0 : 1;
}
")
must(${CMAKE_COMMAND} -S "${WORK}" -B "${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/root
     -DCMAKE_CXX_COMPILER=${COMPILER})
must(${CMAKE_COMMAND} --build "${WORK}/build")
must("${WORK}/build/consumer")
must("${WORK}/root/bin/roofline" --version)
