# One folder is one library (or program); a new file needs no line here.
# Files of a subfolder belong to the folder unless it is excluded; main.cpp belongs to its program.

function(linli_sources out folder)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(exclude IN LISTS ARGN)
    list(FILTER found EXCLUDE REGEX "^${folder}/${exclude}/")
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# offline_cache/http/http_client.cpp: g++ minds types of an anonymous namespace in a class that it takes for another file's.
set(linli_compiled_alone offline_cache/http/http_client.cpp)

# Bytes of sources in one compilation: about 30 s under AddressSanitizer. Larger ones leave the other processor idle at the end.
set(linli_unity_bytes 80000)

# linli_unite(TARGET SOURCE...): where LINLI_UNITY is on, the files of a folder are compiled together, as many as fit into
# linli_unity_bytes: nearly all the time of a file's is parsing the standard library and GoogleTest. Names in anonymous namespaces
# are therefore unique within a folder (docs/decisions/one-compilation-a-folder.md).
function(linli_unite target)
  if(NOT LINLI_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(source IN LISTS ARGN)
    file(RELATIVE_PATH place ${PROJECT_SOURCE_DIR} ${source})
    if(place IN_LIST linli_compiled_alone)
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      continue()
    endif()
    get_filename_component(folder ${place} DIRECTORY)
    string(MAKE_C_IDENTIFIER ${folder} folder)
    if(NOT DEFINED bytes_${folder})
      set(bytes_${folder} 0)
    endif()
    math(EXPR part "${bytes_${folder}} / ${linli_unity_bytes}")
    file(SIZE ${source} bytes)
    math(EXPR bytes_${folder} "${bytes_${folder}} + ${bytes}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${part})
  endforeach()
endfunction()

# linli_library(NAME [EXCLUDE subfolder...] [DEPENDS library...] [PRIVATE_DEPENDS library...])
function(linli_library name)
  cmake_parse_arguments(ARG "" "" "EXCLUDE;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  linli_sources(sources ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_EXCLUDE})
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(linli_${name} STATIC ${sources})
  target_include_directories(linli_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(linli_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS} linli_warnings)
  linli_unite(linli_${name} ${sources})
endfunction()

set(linli_shards 4)

# The cases of one program once more as four ctest cases, NAME/1of4 …: where LINLI_SHARDS is on, ./dev test runs these, because
# starting a sanitized program takes longer than most of its cases. What each ran is in results/NAME-1.xml.
# Cases of such programs are left out by the dot in their names: a test of another kind has none.
function(linli_test_in_shards name)
  foreach(number RANGE 1 ${linli_shards})
    math(EXPR index "${number} - 1")
    set(case ${name}/${number}of${linli_shards})
    add_test(NAME ${case} COMMAND ${name}_tests)
    # COST: they begin first, so that the short cases fill up the end.
    set_tests_properties(${case} PROPERTIES TIMEOUT 900 COST 1000 LABELS "${ARGN}" ENVIRONMENT
      "GTEST_FILTER=${LINLI_TEST_FILTER};GTEST_TOTAL_SHARDS=${linli_shards};GTEST_SHARD_INDEX=${index};GTEST_BRIEF=1;GTEST_OUTPUT=xml:${CMAKE_BINARY_DIR}/results/${name}-${number}.xml;${LINLI_TEST_ENVIRONMENT}")
  endforeach()
  file(APPEND ${CMAKE_BINARY_DIR}/sharded "${name}\n")
endfunction()

# linli_test(NAME [ALONE] [EXCLUDE subfolder...] [DEPENDS library...]): every .cpp of the calling folder, in one GoogleTest
# program whose cases ctest sees one by one. Those of LINLI_THREADED_TESTS get the label "threads". ALONE: each case needs a
# process of its own.
function(linli_test name)
  cmake_parse_arguments(ARG "ALONE" "" "EXCLUDE;DEPENDS" ${ARGN})
  linli_sources(sources ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_EXCLUDE})
  if(NOT sources)
    add_custom_target(${name}_tests)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_include_directories(${name}_tests PRIVATE ${PROJECT_SOURCE_DIR})
  target_include_directories(${name}_tests PRIVATE ${LINLI_TEST_PLACES})
  target_link_libraries(${name}_tests PRIVATE ${ARG_DEPENDS} GTest::gmock_main linli_warnings)
  linli_unite(${name}_tests ${sources})
  if(LINLI_SANITIZE MATCHES "undefined")
    # UBSan watches the product; in GoogleTest's macros it only costs a third of the build.
    target_compile_options(${name}_tests PRIVATE -fno-sanitize=undefined)
  endif()
  set(labels)
  if(name IN_LIST LINLI_THREADED_TESTS)
    set(labels LABELS threads)
    add_dependencies(threaded_tests ${name}_tests)
  endif()
  # Processes of their own wait most of their time; so they begin even before the shards, which keep the processors busy.
  set(cost)
  if(ARG_ALONE)
    set(cost COST 1001)
  endif()
  gtest_discover_tests(${name}_tests TEST_PREFIX ${name}: TEST_FILTER "${LINLI_TEST_FILTER}" DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 300 ENVIRONMENT "${LINLI_TEST_ENVIRONMENT}" ${labels} ${cost})
  if(LINLI_SHARDS AND NOT ARG_ALONE)
    list(REMOVE_ITEM labels LABELS)
    linli_test_in_shards(${name} ${labels})
  endif()
endfunction()

# linli_links(OUT file): the libraries that the first line of a fuzzer or benchmark names, "// links: linli_hal".
function(linli_links out file)
  file(STRINGS ${file} first LIMIT_COUNT 1)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  if(NOT first MATCHES "^// links: (.+)$")
    message(FATAL_ERROR "${file}: the first line has to name the libraries, as in \"// links: linli_hal\"")
  endif()
  separate_arguments(libraries UNIX_COMMAND "${CMAKE_MATCH_1}")
  set(${out} ${libraries} PARENT_SCOPE)
endfunction()
