#pragma once

#include "mta/bundle.h"

#include "support/fakevault.h"

#include <gtest/gtest.h>

namespace sealwright::test {

/// Profiles with keys in a vault, and the records they want.
class Domains {
public:
    /// `keys`: the selector's first letter tells the algorithm, r or e.
    void add(const std::string& name, std::initializer_list<std::string> selectors) {
        Profile profile(DomainName::parse(name).value());
        profile.mailHost = DomainName::parse("mail.example.org").value();
        for (const auto& text : selectors) {
            const auto selector = Selector::parse(text).value();
            const auto key = pair(text.front() == 'e' ? KeyAlgorithm::ed25519 : KeyAlgorithm::rsa2048);
            profile.keys.push_back(describe(key, selector, {}));
            EXPECT_TRUE(vault.store({profile.domain, selector}, key, {}));
        }
        auto plan = makePlan(profile, {});
        all.push_back({std::move(profile), std::move(plan)});
    }

    [[nodiscard]] std::vector<Profile> profiles() const {
        std::vector<Profile> list;
        for (const auto& domain : all) {
            list.push_back(domain.profile);
        }
        return list;
    }

    FakeVault vault;
    std::vector<BundleDomain> all;

private:
    static KeyPair pair(KeyAlgorithm algorithm) { return KeyPair::generate(algorithm).value(); }
};

/// The file of a set with that path; fails the test where there is none.
inline ConfigFile fileOf(const ConfigSet& set, const std::string& path) {
    for (const auto& file : set.files) {
        if (file.path == path) {
            return file;
        }
    }
    ADD_FAILURE() << "no file " << path;
    return {};
}

/// The lines of a file that mean something, comments and blank ones left out.
inline std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        auto line = text.substr(start, end - start);
        if (!line.empty() && line.front() != '#') {
            lines.push_back(std::move(line));
        }
        start = end + 1;
    }
    return lines;
}

} // namespace sealwright::test
