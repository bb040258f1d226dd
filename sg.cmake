# The three functions every CMakeLists.txt of the project is written with, and the flags behind them.

add_library(sg_flags INTERFACE)
target_include_directories(sg_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(sg_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    SG_VERSION="${PROJECT_VERSION}")
target_compile_options(sg_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -fvisibility-inlines-hidden
    $<$<BOOL:${SG_WERROR}>:-Werror>)
if(SG_SANITIZE)
    target_compile_options(sg_flags INTERFACE -fsanitize=${SG_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(sg_flags INTERFACE -fsanitize=${SG_SANITIZE})
    if(SG_SANITIZE MATCHES "undefined")
        target_compile_options(sg_flags INTERFACE -fno-sanitize-recover=undefined)
    endif()
    # GCC warns about code that only the sanitizers' own instrumentation makes look wrong.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(sg_flags INTERFACE -Wno-maybe-uninitialized)
    endif()
    if(SG_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(sg_flags INTERFACE -Wno-tsan)
    endif()
endif()

# The words every file includes are compiled once and shared.
file(WRITE ${PROJECT_BINARY_DIR}/sg_pch.cpp "")
function(sg_pch_target name)
    add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/sg_pch.cpp)
    target_link_libraries(${name} PRIVATE sg_flags ${ARGN})
endfunction()
sg_pch_target(sg_pch_core Qt6::Core tl::expected)
target_precompile_headers(sg_pch_core PRIVATE
    <QByteArray> <QDateTime> <QHash> <QList> <QString> <QStringList> <tl/expected.hpp>
    <algorithm> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map>
    <variant> <vector>)
if(SG_GUI)
    sg_pch_target(sg_pch_gui Qt6::Core Qt6::Gui Qt6::Widgets tl::expected)
    target_precompile_headers(sg_pch_gui PRIVATE
        <QtWidgets> <tl/expected.hpp> <algorithm> <chrono> <functional> <memory> <optional> <string> <vector>)
endif()

set_property(GLOBAL PROPERTY SG_LAYERS "")

function(sg_target_name path out)
    string(REPLACE "/" "_" name ${path})
    set(${out} sg_${name} PARENT_SCOPE)
endfunction()

# sg_module(engine/pipeline DEPENDS engine/base … [LINKS Qt6::Network …] [MOC] [PCH core|gui|none])
# One static library a folder, made of every .cpp in it. DEPENDS is the only place where arrows are declared.
function(sg_module path)
    cmake_parse_arguments(M "MOC" "PCH" "DEPENDS;LINKS" ${ARGN})
    sg_target_name(${path} target)
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${path}/*.cpp ${PROJECT_SOURCE_DIR}/${path}/*.h
        ${PROJECT_SOURCE_DIR}/${path}/*.qrc)
    string(REPLACE ";" " " arrows "${M_DEPENDS}")
    set_property(GLOBAL APPEND PROPERTY SG_LAYERS "${path}: ${arrows}")
    foreach(dependency ${M_DEPENDS})
        sg_target_name(${dependency} library)
        list(APPEND M_LINKS ${library})
    endforeach()
    # A folder without code yet is a name to depend on.
    if(NOT "${sources}" MATCHES "\\.cpp")
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE sg_flags ${M_LINKS})
        return()
    endif()
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PUBLIC sg_flags Qt6::Core tl::expected Threads::Threads ${M_LINKS})
    if(M_MOC)
        set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON)
    endif()
    if(M_PCH STREQUAL "gui")
        target_precompile_headers(${target} REUSE_FROM sg_pch_gui)
    elseif(NOT M_PCH STREQUAL "none")
        target_precompile_headers(${target} REUSE_FROM sg_pch_core)
    endif()
endfunction()

# sg_test(unit/base/tst_value.cpp LABEL unit USES engine/base tests/support [LINKS …] [TIMEOUT seconds])
function(sg_test file)
    cmake_parse_arguments(T "" "LABEL;TIMEOUT" "USES;LINKS" ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    get_filename_component(folder ${file} DIRECTORY)
    string(REPLACE "/" "_" target ${folder}_${name})
    add_executable(${target} ${PROJECT_SOURCE_DIR}/tests/${file})
    set_target_properties(${target} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${target} PRIVATE sg_flags Qt6::Core Qt6::Test ${T_LINKS})
    target_compile_definitions(${target} PRIVATE SG_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        SG_BUILD_DIR="${PROJECT_BINARY_DIR}")
    foreach(dependency ${T_USES})
        sg_target_name(${dependency} library)
        target_link_libraries(${target} PRIVATE ${library})
    endforeach()
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 120)
    endif()
    add_test(NAME ${folder}/${name} COMMAND ${target})
    # die_after_fork: QProcess starts its children with vfork, which ThreadSanitizer takes for a fork of this process.
    set_tests_properties(${folder}/${name} PROPERTIES LABELS "${T_LABEL}" TIMEOUT ${T_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp die_after_fork=0;UBSAN_OPTIONS=print_stacktrace=1;ASAN_OPTIONS=detect_leaks=1;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp")
endfunction()

# sg_fuzz(json USES engine/base): tests/fuzz/fuzz_json.cpp with its corpus in tests/fuzz/corpus/json.
# A libFuzzer program under the fuzz preset; elsewhere a test that replays the corpus.
function(sg_fuzz name)
    cmake_parse_arguments(F "" "" "USES" ${ARGN})
    set(target fuzz_${name})
    add_executable(${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cpp)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${target} PRIVATE sg_flags)
    foreach(dependency ${F_USES})
        sg_target_name(${dependency} library)
        target_link_libraries(${target} PRIVATE ${library})
    endforeach()
    if(SG_FUZZ)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    else()
        target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
        add_test(NAME fuzz/${name} COMMAND ${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
        set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 120)
    endif()
endfunction()

# The arrows, for tests/architecture/tst_layers.
function(sg_write_layers)
    get_property(layers GLOBAL PROPERTY SG_LAYERS)
    string(REPLACE ";" "\n" text "${layers}")
    file(WRITE ${PROJECT_BINARY_DIR}/layers.txt "${text}\n")
endfunction()

# sg_embed_migrations(engine/store sqlite): the numbered .sql files of a module become part of it, as text.
function(sg_embed_migrations path dialect)
    sg_target_name(${path} target)
    set(folder ${PROJECT_SOURCE_DIR}/${path}/migrations/${dialect})
    file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
    list(SORT files)
    set(entries "")
    foreach(file ${files})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        get_filename_component(name ${file} NAME_WE)
        string(REGEX MATCH "^[0-9]+" number ${name})
        string(REGEX REPLACE "^0+" "" number ${number})
        file(READ ${file} script)
        string(APPEND entries "        {${number}, \"${name}\", R\"sql_text(${script})sql_text\"},\n")
    endforeach()
    set(source ${PROJECT_BINARY_DIR}/generated/${target}_migrations_${dialect}.cpp)
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include \"engine/store/migrations.h\"

namespace stormglass {

const std::vector<Migration> &migrations()
{
    static const std::vector<Migration> steps{
@entries@    };
    return steps;
}

} // namespace stormglass
")
    target_sources(${target} PRIVATE ${source})
endfunction()
