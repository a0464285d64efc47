# Debian ships no CMake package for c-ares.
find_path(Cares_INCLUDE_DIR ares.h)
find_library(Cares_LIBRARY cares)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Cares REQUIRED_VARS Cares_LIBRARY Cares_INCLUDE_DIR)
if(Cares_FOUND AND NOT TARGET Cares::Cares)
    add_library(Cares::Cares UNKNOWN IMPORTED)
    set_target_properties(Cares::Cares PROPERTIES
        IMPORTED_LOCATION ${Cares_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Cares_INCLUDE_DIR})
endif()
