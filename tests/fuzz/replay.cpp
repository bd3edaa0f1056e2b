// Runs a fuzz target once with each file of a folder, so that an input that failed once is tried in every test run.

#include "tests/fuzz/fuzz.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "Usage: " << argv[0] << " FOLDER\n";
        return 2;
    }
    int inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator{argv[1]}) {
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        std::cout << entry.path().filename().string() << std::endl; // Flushed: a crash shows whose it is.
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
        ++inputs;
    }
    const bool isEmpty = inputs == 0;
    std::cout << (isEmpty ? "FAIL!  : " : "PASS   : ") << "replayed " << inputs << " kept inputs\n";
    return isEmpty ? 1 : 0;
}
