#include "cli/commandline.h"
#include "pages/frames.h"

#include <fstream>
#include <iostream>
#include <sstream>

using namespace sealwright::cli;

namespace {

std::string filled(const std::string& frameFile, const Fillings& fillings) {
    std::ostringstream frame;
    frame << std::ifstream(frameFile, std::ios::binary).rdbuf();
    std::string text = frame.str();
    for (const auto& [word, filling] : fillings) {
        text = replaced(text, "@" + word + "@", filling);
    }
    return text;
}

std::string page(const std::string& kind, const std::string& frame) {
    const CommandLine line;
    const CommandWords program = wordsOf(line.app);
    if (kind == "man") {
        return filled(frame, manualFillings(program));
    }
    if (kind == "bash") {
        return filled(frame, bashFillings(program));
    }
    if (kind == "zsh") {
        return filled(frame, zshFillings(program));
    }
    return kind == "fish" ? filled(frame, fishFillings(program)) : std::string();
}

} // namespace

// sealwright-cli-pages man|bash|zsh|fish FRAME FILE: made at build time, from the options that the program parses.
int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    const std::string text = words.size() == 4 ? page(words[1], words[2]) : std::string();
    if (text.empty()) {
        std::cerr << "Usage: sealwright-cli-pages man|bash|zsh|fish FRAME FILE\n";
        return 2;
    }
    std::ofstream file(words[3], std::ios::binary);
    file << text;
    return file.flush() ? 0 : 1;
}
