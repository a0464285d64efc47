# On Windows all but Qt and OpenSSL are archives, built by packaging/windows/third-party.sh: what each needs in turn.
find_package(ZLIB REQUIRED)
target_link_libraries(Unbound::Unbound INTERFACE OpenSSL::SSL OpenSSL::Crypto ws2_32 iphlpapi crypt32)
target_link_libraries(Cares::Cares INTERFACE ws2_32 iphlpapi advapi32)
target_compile_definitions(Cares::Cares INTERFACE CARES_STATICLIB)
target_link_libraries(LibArchive::LibArchive INTERFACE ZLIB::ZLIB bcrypt)
target_compile_definitions(LibArchive::LibArchive INTERFACE LIBARCHIVE_STATIC)
find_library(Unistring_LIBRARY unistring REQUIRED)
target_link_libraries(Libidn2::Libidn2 INTERFACE ${Unistring_LIBRARY})
target_link_libraries(Libpsl::Libpsl INTERFACE ws2_32)
target_compile_definitions(Libpsl::Libpsl INTERFACE PSL_STATIC)

# What our own code asks of Windows. No macros min and max, no functions of 8-bit code pages, and no first version of the sockets.
target_compile_definitions(sealwright_options INTERFACE NOMINMAX UNICODE WIN32_LEAN_AND_MEAN)
target_link_libraries(sealwright_options INTERFACE ws2_32 iphlpapi crypt32 advapi32)
