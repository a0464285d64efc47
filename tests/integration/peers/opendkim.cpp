// libopendkim's verdicts: CASE TAB MESSAGEFILE TAB KEYFILE -> CASE TAB one word for each signature, top one first.
#include "support/libopendkim.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

namespace {

std::map<std::string, std::string> keys; // by name; the callback below has no other way to them

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

void readKeys(const std::string& path) {
    keys.clear();
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        const std::size_t tab = line.find('\t');
        keys[line.substr(0, tab)] = line.substr(tab + 1);
    }
}

std::string text(const unsigned char* octets) {
    return octets == nullptr ? "" : std::string(octets, octets + std::strlen(reinterpret_cast<const char*>(octets)));
}

DKIM_CBSTAT lookUpKey(DKIM*, DKIM_SIGINFO* signature, u_char* buffer, std::size_t size) {
    const auto found =
        keys.find(text(dkim_sig_getselector(signature)) + "._domainkey." + text(dkim_sig_getdomain(signature)));
    if (found == keys.end() || found->second == "NXDOMAIN") {
        return DKIM_CBSTAT_NOTFOUND;
    }
    if (found->second == "SERVFAIL") {
        return DKIM_CBSTAT_TRYAGAIN;
    }
    const std::size_t length = std::min(found->second.size(), size - 1); // longer ones are cut, as its resolver does
    std::copy_n(found->second.data(), length, buffer);
    buffer[length] = 0;
    return DKIM_CBSTAT_CONTINUE;
}

std::string wordFor(DKIM* message, DKIM_SIGINFO* signature) {
    const DKIM_STAT status = dkim_sig_process(message, signature);
    if (DKIM_SIG_CHECK(signature)) {
        return "pass";
    }
    const int error = dkim_sig_geterror(signature);
    if (status == DKIM_STAT_CBTRYAGAIN || error == DKIM_SIGERROR_KEYFAIL) {
        return "temperror";
    }
    std::string why = dkim_sig_getbh(signature) == DKIM_SIGBH_MISMATCH ? "body hash mismatch"
                      : error == DKIM_SIGERROR_OK                      ? dkim_getresultstr(status)
                                                                       : dkim_sig_geterrorstr(error);
    std::replace(why.begin(), why.end(), ' ', '_');
    return "fail:" + why;
}

std::string verdict(DKIM_LIB* library, std::string octets) {
    DKIM_STAT status = DKIM_STAT_OK;
    DKIM* message = dkim_verify(library, reinterpret_cast<const unsigned char*>("case"), nullptr, &status);
    dkim_chunk(message, reinterpret_cast<u_char*>(octets.data()), octets.size());
    dkim_chunk(message, nullptr, 0);
    bool isTesting = false;
    status = dkim_eom(message, &isTesting);
    DKIM_SIGINFO** signatures = nullptr;
    int count = 0;
    std::string words;
    if (dkim_getsiglist(message, &signatures, &count) == DKIM_STAT_OK) {
        for (int i = 0; i < count; ++i) {
            words += (i == 0 ? "" : " ") + wordFor(message, signatures[i]);
        }
    }
    dkim_free(message);
    return !words.empty() ? words : status == DKIM_STAT_NOSIG ? "none" : "fail:unreadable";
}

} // namespace

int main() {
    DKIM_LIB* library = dkim_init(nullptr, nullptr);
    // Signatures that can't be used are judged too, and do not end the message.
    u_int flags = DKIM_LIBFLAGS_BADSIGHANDLES;
    dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
    dkim_set_key_lookup(library, lookUpKey);
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string id, message, keyFile;
        std::getline(std::getline(std::getline(words, id, '\t'), message, '\t'), keyFile);
        readKeys(keyFile);
        std::cout << id << '\t' << verdict(library, contentOf(message)) << std::endl;
    }
    dkim_close(library);
}
