# sealwright_windows_program(TARGET DESCRIPTION): gives a program its icon, version and manifest; elsewhere nothing.
function(sealwright_windows_program TARGET DESCRIPTION)
    if(NOT WIN32)
        return()
    endif()
    set(folder ${PROJECT_SOURCE_DIR}/packaging/windows)
    set(MANIFEST ${folder}/program.manifest)
    set(ICON ${PROJECT_BINARY_DIR}/sealwright.ico)
    string(REPLACE "." "," COMMA_VERSION ${PROJECT_VERSION}.0)
    set(resources ${CMAKE_CURRENT_BINARY_DIR}/${TARGET}.rc)
    configure_file(${folder}/program.rc.in ${resources} @ONLY)
    set_source_files_properties(${resources} PROPERTIES OBJECT_DEPENDS "${ICON};${MANIFEST}")
    target_sources(${TARGET} PRIVATE ${resources})
    add_dependencies(${TARGET} sealwright_icon)
endfunction()

if(WIN32)
    find_program(CONVERT convert REQUIRED) # ImageMagick's
    set(pictures ${PROJECT_SOURCE_DIR}/resources/icons/png/sealwright)
    set(pictures ${pictures}-16.png ${pictures}-32.png ${pictures}-48.png ${pictures}-64.png ${pictures}-256.png)
    add_custom_command(
        OUTPUT ${PROJECT_BINARY_DIR}/sealwright.ico
        COMMAND ${CONVERT} ${pictures} -strip -type TrueColorAlpha -define png:color-type=6
                -define png:exclude-chunks=date,time ${PROJECT_BINARY_DIR}/sealwright.ico
        DEPENDS ${pictures}
        VERBATIM)
    add_custom_target(sealwright_icon DEPENDS ${PROJECT_BINARY_DIR}/sealwright.ico)
endif()
