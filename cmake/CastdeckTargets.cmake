# The functions behind every target of the project.

add_library(castdeck_flags INTERFACE)
target_compile_features(castdeck_flags INTERFACE cxx_std_20)
target_compile_options(castdeck_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC bug 105651: false alarms for operator+ of std::string when optimising.
    target_compile_options(castdeck_flags INTERFACE -Wno-restrict)
endif()
if(CASTDECK_SANITIZER)
    target_compile_options(castdeck_flags INTERFACE -fsanitize=${CASTDECK_SANITIZER} -fno-omit-frame-pointer
                                                    -fno-sanitize-recover=all)
    target_link_options(castdeck_flags INTERFACE -fsanitize=${CASTDECK_SANITIZER})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # The instrumented code hides from GCC what is initialised, for instance inside std::regex.
        target_compile_options(castdeck_flags INTERFACE -Wno-maybe-uninitialized)
    endif()
endif()
if(CASTDECK_WITH_FUZZERS)
    # Clang warns of GCC 12's own headers.
    target_compile_options(castdeck_flags INTERFACE -fsanitize=fuzzer-no-link -Wno-deprecated-declarations)
endif()

# castdeck_library(<folder> SOURCES ... HEADERS ... [DEPENDS ...] [PRIVATE_DEPENDS ...])
# One static library a folder, so that the linker sees a dependency that runs against the layers.
# `core/hub` becomes castdeck_hub, alias castdeck::hub.
function(castdeck_library folder)
    cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    get_filename_component(name ${folder} NAME)
    set(target castdeck_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(castdeck::${name} ALIAS ${target})
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
    target_link_libraries(${target} PUBLIC ${arg_DEPENDS}
                                    PRIVATE $<BUILD_INTERFACE:castdeck_flags> ${arg_PRIVATE_DEPENDS})
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON POSITION_INDEPENDENT_CODE ON
                                               EXPORT_NAME ${name})
endfunction()

# Everything that is installed, and everything else in <build>/bin; without the tests.
add_custom_target(programs)

# castdeck_program(<name> SOURCES ... DEPENDS ...): an executable in <build>/bin.
function(castdeck_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE castdeck_flags ${arg_DEPENDS})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    add_dependencies(programs ${name})
endfunction()

# castdeck_test(core/pusher/channel_name castdeck::pusher ...): builds tests/core/pusher/channel_name_test.cpp,
# registers it as core.pusher.channel_name. More sources or a label: SOURCES ..., LABEL ..., TIMEOUT seconds. SERIAL: no
# other test runs beside it, for one that measures time. CONFIGURATION name: runs only under `ctest -C name`. The target
# tests.core builds all tests of that folder.
function(castdeck_test stem)
    cmake_parse_arguments(arg "SERIAL" "LABEL;TIMEOUT;CONFIGURATION" "SOURCES" ${ARGN})
    string(REPLACE "/" "." name ${stem})
    set(target test.${name})
    add_executable(${target} "${PROJECT_SOURCE_DIR}/tests/${stem}_test.cpp" ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE castdeck_flags ${arg_UNPARSED_ARGUMENTS} Qt6::Test)
    string(REGEX MATCH "^[^/]+" folder ${stem})
    if(NOT TARGET tests.${folder})
        add_custom_target(tests.${folder})
    endif()
    add_dependencies(tests.${folder} ${target})
    if(arg_CONFIGURATION)
        add_test(NAME ${name} COMMAND ${target} CONFIGURATIONS ${arg_CONFIGURATION})
    else()
        add_test(NAME ${name} COMMAND ${target})
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        RUN_SERIAL ${arg_SERIAL}
        LABELS "${arg_LABEL}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;CASTDECK_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};CASTDECK_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
    if(stem MATCHES "^ui/" AND CASTDECK_SANITIZER MATCHES "address")
        # Drawing allocates so much that whole stacks, which the preset asks for, take ten times as long as the test.
        set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
            "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1")
    endif()
endfunction()
