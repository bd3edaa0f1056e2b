# Every outside library, in one place. The Debian packages are listed in `dev`.

set(CMAKE_THREAD_PREFER_PTHREAD ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network WebSockets)
if(CASTDECK_WITH_UI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg)
    find_package(Qt6Keychain REQUIRED)
endif()
if(CASTDECK_WITH_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()

find_program(CASTDECK_CCACHE ccache)
if(CASTDECK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CASTDECK_CCACHE}")
endif()

# Every test is a program of its own, and the system's linker takes ten times as long for each.
find_program(CASTDECK_MOLD mold)
if(CASTDECK_MOLD)
    add_link_options(-fuse-ld=mold)
    # The lists of names that come with -gsplit-dwarf are three quarters of a test program; an index replaces them.
    add_link_options($<$<CONFIG:Debug>:-Wl,--gdb-index>)
endif()
