# Debian's libunbound.pc names private requirements that need -dev packages of their own, so it is looked up by file.
find_path(Unbound_INCLUDE_DIR unbound.h)
find_library(Unbound_LIBRARY unbound)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Unbound REQUIRED_VARS Unbound_LIBRARY Unbound_INCLUDE_DIR)
if(Unbound_FOUND AND NOT TARGET Unbound::Unbound)
    add_library(Unbound::Unbound UNKNOWN IMPORTED)
    set_target_properties(Unbound::Unbound PROPERTIES
        IMPORTED_LOCATION ${Unbound_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Unbound_INCLUDE_DIR})
endif()
