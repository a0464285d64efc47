# What every target of ours is compiled with, and the two functions that make a group of the tree a library.

add_library(sealwright_options INTERFACE)
if(UNIX) # As Qt wants it, so that all may share their precompiled headers.
    target_compile_options(sealwright_options INTERFACE -fPIC)
endif()
target_compile_options(sealwright_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wswitch-enum
    $<$<BOOL:${SEALWRIGHT_WARNINGS_AS_ERRORS}>:-Werror>)
target_compile_definitions(sealwright_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    SEALWRIGHT_VERSION="${PROJECT_VERSION}")
if(SEALWRIGHT_SANITIZE)
    target_compile_options(sealwright_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                           -fno-omit-frame-pointer)
    target_link_options(sealwright_options INTERFACE -fsanitize=address,undefined)
endif()
if(SEALWRIGHT_FUZZ)
    target_compile_options(sealwright_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # What ccache needs to be told to work with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
    target_compile_options(sealwright_options INTERFACE -fpch-preprocess)
endif()

find_program(MOLD mold)
if(MOLD AND NOT WIN32)
    target_link_options(sealwright_options INTERFACE -fuse-ld=mold)
endif()

# The headers that nearly every file of ours includes, compiled once.
set(standard_headers <algorithm> <chrono> <functional> <memory> <optional> <span> <stop_token> <string> <string_view>
                     <tl/expected.hpp> <variant> <vector>)
if(WIN32)
    list(PREPEND standard_headers ${PROJECT_SOURCE_DIR}/packaging/windows/stopcallback.h)
endif()

function(sealwright_library name)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp
                                        ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h)
    add_library(sealwright_${name} STATIC ${sources})
    target_include_directories(sealwright_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(sealwright_${name} PUBLIC sealwright_options ${ARGN})
endfunction()

# sealwright_group(NAME LINKS...): the folder NAME beside the caller becomes the static library sealwright_NAME.
# LINKS are the only groups and libraries it may use, so a wrong include does not link.
function(sealwright_group name)
    sealwright_library(${name} ${ARGN})
    if(name STREQUAL "base")
        target_precompile_headers(sealwright_base PRIVATE ${standard_headers})
    else()
        target_precompile_headers(sealwright_${name} REUSE_FROM sealwright_base)
    endif()
endfunction()

# The same for folders that use Qt.
function(sealwright_qt_group name)
    sealwright_library(${name} ${ARGN})
    set_target_properties(sealwright_${name} PROPERTIES AUTOMOC ON)
    if(name STREQUAL "files")
        target_precompile_headers(sealwright_files PRIVATE ${standard_headers} <QtCore>)
    else()
        target_precompile_headers(sealwright_${name} REUSE_FROM sealwright_files)
    endif()
endfunction()
