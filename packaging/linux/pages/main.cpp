#include "pages/completion.h"
#include "pages/manualpage.h"

#include <fstream>
#include <iostream>
#include <map>

using namespace sealwright::cli;

// sealwright-cli-pages man|bash|zsh|fish FILE: made at build time, from the options that the program itself parses.
int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    const CommandLine line;
    const std::map<std::string, std::function<std::string()>> kinds = {
        {"man", [&] { return manualPage(line); }},
        {"bash", [&] { return bashCompletion(wordsOf(line.app)); }},
        {"zsh", [&] { return zshCompletion(wordsOf(line.app)); }},
        {"fish", [&] { return fishCompletion(wordsOf(line.app)); }},
    };
    if (words.size() != 3 || !kinds.contains(words[1])) {
        std::cerr << "Usage: sealwright-cli-pages man|bash|zsh|fish FILE\n";
        return 2;
    }
    std::ofstream file(words[2], std::ios::binary);
    file << kinds.at(words[1])();
    return file.flush() ? 0 : 1;
}
