# What is installed, and the Debian package of it (`./dev package`). The page is built before (web/dist), the manual pages, the
# completion and the list of components by the targets `documents` and `sbom`.
include(GNUInstallDirs)
set(ROUNDELAY_PACKAGING ${CMAKE_CURRENT_LIST_DIR})
set(ROUNDELAY_DOCUMENTS ${CMAKE_BINARY_DIR}/documents)

# From the commands themselves.
add_custom_target(documents
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${ROUNDELAY_DOCUMENTS}
  COMMAND roundelay documents ${ROUNDELAY_DOCUMENTS}
  COMMAND sh -c "gzip -9n \"$1\"/*.1 && gzip -9nc \"$2\" >\"$1/changelog.gz\"" sh ${ROUNDELAY_DOCUMENTS}
    ${ROUNDELAY_PACKAGING}/changelog
  COMMENT "manual pages and completion" VERBATIM)
add_dependencies(documents roundelay)

# CycloneDX: what the program is linked with, by Debian's packages, and what the page is made of.
add_custom_target(sbom
  COMMAND python3 ${ROUNDELAY_PACKAGING}/sbom.py --program $<TARGET_FILE:roundelay> --page ${CMAKE_SOURCE_DIR}/web
    --version ${PROJECT_VERSION} --out ${CMAKE_BINARY_DIR}/roundelay.cdx.json
  COMMENT "list of components (CycloneDX)" VERBATIM)
add_dependencies(sbom roundelay)

install(DIRECTORY ${CMAKE_SOURCE_DIR}/web/dist/ DESTINATION share/roundelay/web COMPONENT package)
install(DIRECTORY ${ROUNDELAY_DOCUMENTS}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT package FILES_MATCHING PATTERN "*.1.gz")
install(FILES ${ROUNDELAY_DOCUMENTS}/roundelay.bash DESTINATION share/bash-completion/completions RENAME roundelay COMPONENT package)
install(FILES ${ROUNDELAY_DOCUMENTS}/changelog.gz ${ROUNDELAY_PACKAGING}/copyright ${CMAKE_BINARY_DIR}/roundelay.cdx.json
  DESTINATION share/doc/roundelay COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/README.md DESTINATION share/doc/roundelay RENAME operating.md COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/server/CONFIGURATION.md DESTINATION share/doc/roundelay RENAME configuration.md COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/server/METRICS.md DESTINATION share/doc/roundelay RENAME metrics.md COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/low-port.conf ${CMAKE_SOURCE_DIR}/systemd/tls-credentials.conf
  DESTINATION share/doc/roundelay/examples COMPONENT package)
install(PROGRAMS ${CMAKE_SOURCE_DIR}/systemd/certbot-deploy-hook DESTINATION share/doc/roundelay/examples COMPONENT package)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/systemd/proxies DESTINATION share/doc/roundelay/examples COMPONENT package)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/systemd/monitoring DESTINATION share/doc/roundelay/examples COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/roundelay.service DESTINATION /lib/systemd/system COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/roundelay.sysusers DESTINATION lib/sysusers.d RENAME roundelay.conf COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/roundelay.tmpfiles DESTINATION lib/tmpfiles.d RENAME roundelay.conf COMPONENT package)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/roundelay.json DESTINATION /etc/roundelay COMPONENT package)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME roundelay)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Roundelay maintainers <maintainers@roundelay.example>")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://roundelay.example/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/package)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "sing together, in time, over the internet")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Roundelay is a server for groups that sing together in their browsers,
with nothing to install. The singers stand in a line: each group hears
those before it in perfect time and adds its voices, so that network
delay costs a later place in the line and never timing.

This package holds the server, its page, and a service for systemd.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded by name at run time; what the maintainer's scripts need.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libwebsockets-evlib-uv, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${ROUNDELAY_PACKAGING}/postinst ${ROUNDELAY_PACKAGING}/prerm ${ROUNDELAY_PACKAGING}/postrm
  ${ROUNDELAY_PACKAGING}/conffiles)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)
