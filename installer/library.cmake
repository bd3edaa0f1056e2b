# What `find_package(Castdeck)` finds: the libraries and headers of core, for programs of one's own. Qt is needed by
# the component `remote` alone. An include reads as it does within this project: "core/broadcast/broadcast.h".
include(CMakePackageConfigHelpers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME Development)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Castdeck")

# castdeck_install_libraries(<export> <target>...): `programs` builds them, so that all that is installed is there.
function(castdeck_install_libraries export)
    install(TARGETS ${ARGN} EXPORT ${export}
        FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/castdeck")
    install(EXPORT ${export} NAMESPACE castdeck:: DESTINATION "${package_folder}")
    add_dependencies(programs ${ARGN})
endfunction()

get_target_property(core_libraries castdeck_core INTERFACE_LINK_LIBRARIES)
castdeck_install_libraries(CastdeckCoreTargets castdeck_core ${core_libraries})
castdeck_install_libraries(CastdeckRemoteTargets castdeck_remote)

configure_package_config_file(CastdeckConfig.cmake.in CastdeckConfig.cmake INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file(CastdeckConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/CastdeckConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/CastdeckConfigVersion.cmake"
    DESTINATION "${package_folder}")
