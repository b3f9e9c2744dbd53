add_custom_target(fuzzers)

# One fuzz target: a source with LLVMFuzzerTestOneInput and a folder with its corpus. The ordinary tests replay the corpus
# (test NAME); with ROUNDELAY_FUZZ (clang) there is also the libFuzzer executable NAME, to be run as
# `NAME -max_total_time=300 new_inputs/ corpus/`.
#   roundelay_add_fuzz_target(NAME SOURCE CORPUS_DIR LIBRARIES...)
function(roundelay_add_fuzz_target name source corpus_dir)
  cmake_path(ABSOLUTE_PATH corpus_dir BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  add_executable(${name}_replay ${source} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fuzz_replay.cpp)
  target_link_libraries(${name}_replay PRIVATE roundelay_options ${ARGN})
  add_test(NAME ${name} COMMAND ${name}_replay ${corpus_dir})
  set_tests_properties(${name} PROPERTIES LABELS unit)
  if(TARGET memory_tests)
    add_dependencies(memory_tests ${name}_replay)
  endif()
  if(ROUNDELAY_FUZZ)
    # Coverage in everything that is fuzzed, once.
    get_target_property(options roundelay_options INTERFACE_COMPILE_OPTIONS)
    if(NOT "-fsanitize=fuzzer-no-link" IN_LIST options)
      target_compile_options(roundelay_options INTERFACE -fsanitize=fuzzer-no-link)
    endif()
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE roundelay_options ${ARGN})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    file(WRITE ${CMAKE_BINARY_DIR}/fuzz/${name}.corpus "${corpus_dir}\n")
    add_dependencies(fuzzers ${name})
  endif()
endfunction()
