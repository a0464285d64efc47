#include "mta/configset.h"

#include "testdomains.h"

#include <gmock/gmock.h>
#include <sstream>

using namespace sealwright;
using namespace testing;

namespace {

std::vector<std::string> lines(const ConfigSet& set, const std::string& path) {
    return test::linesOf(test::fileOf(set, path).content);
}

/// The value of `name = value` or `name value`.
std::string setting(const std::vector<std::string>& settings, const std::string& name) {
    for (const auto& line : settings) {
        std::istringstream words(line);
        std::string first;
        words >> first >> std::ws;
        if (first == name) {
            std::string rest;
            std::getline(words, rest);
            return rest.starts_with("= ") ? rest.substr(2) : rest;
        }
    }
    return {};
}

class ConfigSets : public Test {
protected:
    test::Domains domains;
};

} // namespace

TEST_F(ConfigSets, EximTablesNameEveryDomainItsSubdomainsAndItsSelectors) {
    domains.add("second.example", {"r1"});
    domains.add("müller.example", {"e1", "r1"});
    const auto set = makeConfigSet(Stack::exim4Debian, domains.profiles());
    EXPECT_THAT(lines(set, "/etc/exim4/dkim/domains"),
                ElementsAre("second.example: second.example", "*.second.example: second.example",
                            "xn--mller-kva.example: xn--mller-kva.example",
                            "*.xn--mller-kva.example: xn--mller-kva.example"));
    EXPECT_THAT(lines(set, "/etc/exim4/dkim/selectors"),
                ElementsAre("second.example: r1", "xn--mller-kva.example: r1 : e1"));
}

TEST_F(ConfigSets, EximKeysAreWhereTheTablesLeadAndOnlyEximReadsThem) {
    domains.add("example.org", {"r1", "e1"});
    const auto set = makeConfigSet(Stack::exim4Debian, domains.profiles());
    ASSERT_EQ(set.keys.size(), 2U);
    for (const auto& key : set.keys) {
        EXPECT_EQ(key.path, "/etc/exim4/dkim/example.org/" + key.key.selector.toString() + ".pem");
        EXPECT_EQ(key.owner, "root:Debian-exim");
        EXPECT_EQ(key.mode, 0640U);
    }
    for (const auto& folder : set.folders) {
        EXPECT_EQ(folder.owner, "root:Debian-exim");
        EXPECT_EQ(folder.mode, 0750U);
    }
    EXPECT_TRUE(set.leftOut.empty());
}

TEST_F(ConfigSets, EximSignsOnlyMailOfOurOwnByTheRawFromWithKeysThatALookUpFound) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet(Stack::exim4Debian, domains.profiles());
    const auto macros = lines(set, "/etc/exim4/conf.d/main/00_sealwright");
    const auto domain = setting(macros, "DKIM_DOMAIN");
    EXPECT_THAT(domain, HasSubstr("$rh_from:"));
    EXPECT_THAT(domain, Not(HasSubstr("$h_from:")));
    EXPECT_THAT(domain, AllOf(HasSubstr("!def:sender_host_address"), HasSubstr("def:sender_host_authenticated"),
                              HasSubstr("+relay_from_hosts")));
    EXPECT_THAT(setting(macros, "DKIM_PRIVATE_KEY"), AllOf(HasSubstr("dsearch,ret=full"), HasSubstr("{0}")));
    EXPECT_THAT(setting(macros, "DKIM_SIGN_HEADERS"),
                AllOf(StartsWith("+From:"), Not(HasSubstr("List-Id")), Not(HasSubstr("Sender"))));
    EXPECT_EQ(setting(macros, "DKIM_STRICT"), "");
}

TEST_F(ConfigSets, EximConfigurationIsTheSameInBothOfDebiansWaysAndForAnyNumberOfDomains) {
    domains.add("example.org", {"r1"});
    const auto one = makeConfigSet(Stack::exim4Debian, domains.profiles());
    domains.add("example.net", {"r1"});
    const auto two = makeConfigSet(Stack::exim4Debian, domains.profiles());
    const std::string macros = "/etc/exim4/conf.d/main/00_sealwright";
    EXPECT_EQ(test::fileOf(one, macros).content, test::fileOf(two, macros).content);
    EXPECT_EQ(test::fileOf(one, macros).content, test::fileOf(one, "/etc/exim4/exim4.conf.localmacros").content);
    EXPECT_EQ(test::fileOf(one, "/etc/exim4/exim4.conf.localmacros").placement, Placement::part);
    // Debian reads only names without a dot in there.
    EXPECT_EQ(macros.substr(macros.rfind('/')).find('.'), std::string::npos);
}

TEST_F(ConfigSets, EximSmarthostTransportSignsAsTheDirectOne) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet(Stack::exim4Debian, domains.profiles());
    for (const std::string path :
         {"/etc/exim4/exim4.conf.template", "/etc/exim4/conf.d/transport/30_exim4-config_remote_smtp_smarthost"}) {
        const auto settings = lines(set, path);
        for (const std::string option :
             {"dkim_domain", "dkim_selector", "dkim_private_key", "dkim_canon", "dkim_sign_headers"}) {
            EXPECT_NE(setting(settings, option), "") << path << ' ' << option;
        }
        EXPECT_EQ(test::fileOf(set, path).placement, Placement::part);
    }
}

TEST_F(ConfigSets, EximWithOneFileSignsByTheSameRulesFromAFolderThatEverySystemHas) {
    domains.add("example.org", {"r1", "e1"});
    const auto debian = makeConfigSet(Stack::exim4Debian, domains.profiles());
    const auto set = makeConfigSet(Stack::exim, domains.profiles());
    EXPECT_EQ(lines(set, "/etc/exim-dkim/domains"), lines(debian, "/etc/exim4/dkim/domains"));
    EXPECT_EQ(lines(set, "/etc/exim-dkim/selectors"), lines(debian, "/etc/exim4/dkim/selectors"));
    const auto macros = lines(set, "/exim.conf/main");
    EXPECT_THAT(macros, Not(Contains(HasSubstr("/etc/exim4"))));
    EXPECT_THAT(setting(macros, "DKIM_DOMAIN"), HasSubstr("lsearch{/etc/exim-dkim/domains}"));
    EXPECT_THAT(setting(macros, "DKIM_PRIVATE_KEY"), HasSubstr("dsearch,ret=full{/etc/exim-dkim/$dkim_domain}"));
    EXPECT_EQ(test::fileOf(set, "/exim.conf/main").placement, Placement::part);
    EXPECT_EQ(test::fileOf(set, "/exim.conf/transport").content,
              test::fileOf(debian, "/etc/exim4/exim4.conf.template").content);
    ASSERT_EQ(set.keys.size(), 2U);
    for (const auto& key : set.keys) {
        EXPECT_EQ(key.path, "/etc/exim-dkim/example.org/" + key.key.selector.toString() + ".pem");
        EXPECT_EQ(key.owner, "root:@exim"); // Its group is Debian-exim, exim, mail …
        EXPECT_EQ(key.mode, 0640U);
    }
}

TEST_F(ConfigSets, OpendkimTablesLeadFromTheSenderToTheKey) {
    domains.add("example.org", {"r1"});
    domains.add("müller.example", {"r2"});
    const auto set = makeConfigSet(Stack::postfixOpendkim, domains.profiles());
    EXPECT_THAT(lines(set, "/etc/opendkim/KeyTable"),
                ElementsAre("r1._domainkey.example.org example.org:r1:/etc/dkimkeys/example.org/r1.private",
                            "r2._domainkey.xn--mller-kva.example "
                            "xn--mller-kva.example:r2:/etc/dkimkeys/xn--mller-kva.example/r2.private"));
    EXPECT_THAT(lines(set, "/etc/opendkim/SigningTable"),
                ElementsAre("*@example.org r1._domainkey.example.org", "*@*.example.org r1._domainkey.example.org",
                            "*@xn--mller-kva.example r2._domainkey.xn--mller-kva.example",
                            "*@*.xn--mller-kva.example r2._domainkey.xn--mller-kva.example"));
    ASSERT_EQ(set.keys.size(), 2U);
    EXPECT_EQ(set.keys[0].path, "/etc/dkimkeys/example.org/r1.private");
    EXPECT_EQ(set.keys[0].owner, "opendkim:opendkim");
    EXPECT_EQ(set.keys[0].mode, 0600U);
}

TEST_F(ConfigSets, SubdomainWithAKeyOfItsOwnComesBeforeItsParentsWildcard) {
    domains.add("example.org", {"r1"});
    domains.add("news.example.org", {"r2"});
    const auto set = makeConfigSet(Stack::postfixOpendkim, domains.profiles());
    EXPECT_EQ(lines(set, "/etc/opendkim/SigningTable").front(), "*@news.example.org r2._domainkey.news.example.org");
}

TEST_F(ConfigSets, OpendkimGetsRsaKeysOnlyAndTheOthersAreNamed) {
    domains.add("example.org", {"e1", "r1"});
    domains.add("onlyed.example", {"e1"});
    const auto set = makeConfigSet(Stack::postfixOpendkim, domains.profiles());
    ASSERT_EQ(set.keys.size(), 1U);
    EXPECT_EQ(set.keys[0].type, KeyType::rsa);
    ASSERT_EQ(set.leftOut.size(), 2U);
    EXPECT_THAT(test::fileOf(set, "/etc/opendkim/SigningTable").content, Not(HasSubstr("onlyed.example")));
}

TEST_F(ConfigSets, OpendkimSignsWithTheFirstRsaKeyAndTheOthersAreNamed) {
    domains.add("example.org", {"e1", "r1", "r2"});
    const auto set = makeConfigSet(Stack::postfixOpendkim, domains.profiles());
    EXPECT_THAT(lines(set, "/etc/opendkim/SigningTable"),
                ElementsAre("*@example.org r1._domainkey.example.org", "*@*.example.org r1._domainkey.example.org"));
    ASSERT_EQ(set.keys.size(), 1U);
    ASSERT_EQ(set.leftOut.size(), 2U);
    EXPECT_EQ(set.leftOut[1].selector.toString(), "r2");
}

TEST_F(ConfigSets, OpendkimListensOnLoopbackAndPostfixAsksItThere) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet(Stack::postfixOpendkim, domains.profiles());
    const auto opendkim = lines(set, "/etc/opendkim.conf");
    EXPECT_EQ(setting(opendkim, "Socket"), "inet:8891@127.0.0.1");
    EXPECT_EQ(setting(opendkim, "KeyTable"), "refile:/etc/opendkim/KeyTable");
    EXPECT_EQ(setting(opendkim, "SigningTable"), "refile:/etc/opendkim/SigningTable");
    EXPECT_EQ(setting(opendkim, "OversignHeaders"), "From");
    EXPECT_EQ(setting(opendkim, "SignatureAlgorithm"), "");
    const auto postfix = lines(set, "/etc/postfix/main.cf");
    EXPECT_EQ(setting(postfix, "smtpd_milters"), "inet:127.0.0.1:8891");
    EXPECT_EQ(setting(postfix, "non_smtpd_milters"), "inet:127.0.0.1:8891");
    EXPECT_EQ(setting(postfix, "milter_default_action"), "accept");
    EXPECT_EQ(setting(postfix, "disable_mime_output_conversion"), "yes");
    EXPECT_EQ(test::fileOf(set, "/etc/postfix/main.cf").placement, Placement::part);
}

TEST_F(ConfigSets, RspamdSignsWithAllKeysOfADomainRsaFirst) {
    domains.add("müller.example", {"e1", "r1"});
    domains.add("example.org", {"r2"});
    domains.add("news.example.org", {"e3"});
    const auto set = makeConfigSet(Stack::postfixRspamd, domains.profiles());
    const auto config = lines(set, "/etc/rspamd/local.d/dkim_signing.conf");
    const auto begin = std::ranges::find(config, "domain {");
    EXPECT_THAT(std::vector(begin, config.end()),
                ElementsAre("domain {", "  \"news.example.org\" {", "    selectors [",
                            R"(      { selector = "e3"; path = "/etc/rspamd/dkim/news.example.org/e3.key"; },)",
                            "    ]", "  }", "  \"example.org\" {", "    selectors [",
                            R"(      { selector = "r2"; path = "/etc/rspamd/dkim/example.org/r2.pem"; },)", "    ]",
                            "  }", "  \"xn--mller-kva.example\" {", "    selectors [",
                            R"(      { selector = "r1"; path = "/etc/rspamd/dkim/xn--mller-kva.example/r1.pem"; },)",
                            R"(      { selector = "e1"; path = "/etc/rspamd/dkim/xn--mller-kva.example/e1.key"; },)",
                            "    ]", "  }", "}"));
    EXPECT_TRUE(set.leftOut.empty());
}

TEST_F(ConfigSets, RspamdKeysAreInTheFormAndPlaceItReadsAndOnlyItReadsThem) {
    domains.add("example.org", {"r1", "e1"});
    const auto set = makeConfigSet(Stack::postfixRspamd, domains.profiles());
    ASSERT_EQ(set.keys.size(), 2U);
    EXPECT_EQ(set.keys[0].path, "/etc/rspamd/dkim/example.org/r1.pem");
    EXPECT_EQ(set.keys[0].format, KeyFormat::pem);
    EXPECT_EQ(set.keys[1].path, "/etc/rspamd/dkim/example.org/e1.key");
    EXPECT_EQ(set.keys[1].format, KeyFormat::seed);
    for (const auto& key : set.keys) {
        EXPECT_EQ(key.owner, "root:_rspamd");
        EXPECT_EQ(key.mode, 0640U);
    }
    for (const auto& folder : set.folders) {
        EXPECT_EQ(folder.owner, "root:_rspamd");
        EXPECT_EQ(folder.mode, 0750U);
    }
}

TEST_F(ConfigSets, RspamdSignsOnlyMailOfOurOwnByTheFromAlone) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet(Stack::postfixRspamd, domains.profiles());
    const auto config = lines(set, "/etc/rspamd/local.d/dkim_signing.conf");
    const std::string networks = "/etc/rspamd/local.d/sign_networks.map";
    EXPECT_EQ(setting(config, "sign_authenticated"), "true;");
    EXPECT_EQ(setting(config, "sign_local"), "false;");
    EXPECT_EQ(setting(config, "sign_networks"), '"' + networks + "\";");
    EXPECT_THAT(lines(set, networks), ElementsAre("127.0.0.0/8", "::1"));
    EXPECT_EQ(test::fileOf(set, networks).placement, Placement::part);
    EXPECT_EQ(setting(config, "use_domain"), "\"header\";");
    EXPECT_EQ(setting(config, "use_esld"), "false;");
    EXPECT_EQ(setting(config, "try_fallback"), "false;");
    EXPECT_EQ(setting(config, "allow_hdrfrom_mismatch"), "true;");
    EXPECT_EQ(setting(config, "allow_username_mismatch"), "true;");
    EXPECT_THAT(setting(config, "sign_headers"),
                AllOf(StartsWith("\"(o)from:to:"), Not(HasSubstr("list-id")), Not(HasSubstr("sender"))));
}

TEST_F(ConfigSets, PostfixAsksTheProxyOfRspamdWhereItsPackageLetsItListen) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet(Stack::postfixRspamd, domains.profiles());
    const auto postfix = lines(set, "/etc/postfix/main.cf");
    EXPECT_EQ(setting(postfix, "smtpd_milters"), "inet:127.0.0.1:11332");
    EXPECT_EQ(setting(postfix, "non_smtpd_milters"), "inet:127.0.0.1:11332");
    EXPECT_EQ(setting(postfix, "milter_default_action"), "accept");
    EXPECT_EQ(setting(postfix, "milter_protocol"), "6");
    EXPECT_EQ(setting(postfix, "disable_mime_output_conversion"), "yes");
    EXPECT_EQ(test::fileOf(set, "/etc/postfix/main.cf").placement, Placement::part);
}

TEST_F(ConfigSets, DomainsThatNeverSendOrHaveNoKeyAreLeftOut) {
    domains.add("example.org", {"r1"});
    domains.add("parked.example", {"r1"});
    domains.add("keyless.example", {});
    auto profiles = domains.profiles();
    profiles[1].role = DomainRole::neverSends;
    for (const auto stack : allStacks) {
        const auto set = makeConfigSet(stack, profiles);
        ASSERT_EQ(set.keys.size(), 1U);
        EXPECT_EQ(set.keys[0].key.domain.toString(), "example.org");
    }
}

TEST_F(ConfigSets, NoKeyCanBeReadByEverybody) {
    domains.add("example.org", {"r1", "e1"});
    for (const auto stack : allStacks) {
        const auto set = makeConfigSet(stack, domains.profiles());
        for (const auto& key : set.keys) {
            EXPECT_EQ(key.mode & 0007U, 0U) << key.path;
        }
    }
}

// What is not asked for must not be there in any form: what comes in is left alone.
TEST_F(ConfigSets, NothingLooksAtIncomingMailUnlessAskedTo) {
    domains.add("example.org", {"r1"});
    for (const Stack stack : allStacks) {
        const auto quiet = makeConfigSet(stack, domains.profiles());
        EXPECT_EQ(quiet.inbound, Inbound::unchanged);
        for (const auto& file : quiet.files) {
            EXPECT_THAT(file.path,
                        Not(AnyOf(HasSubstr("data_acl"), HasSubstr("opendmarc"), HasSubstr("milter_headers"))));
            EXPECT_THAT(file.content, Not(AnyOf(HasSubstr("CHECK_DATA_LOCAL_ACL_FILE"), HasSubstr("RemoveARAll"))));
        }
        const auto checks = makeConfigSet({stack, Inbound::results}, domains.profiles());
        EXPECT_GT(checks.files.size(), quiet.files.size()) << toString(stack);
        EXPECT_EQ(checks.keys.size(), quiet.keys.size());
    }
}

TEST_F(ConfigSets, EximIsToldOfItsChecksWhicheverConfigurationItReads) {
    domains.add("example.org", {"r1"});
    const auto set = makeConfigSet({Stack::exim4Debian, Inbound::results}, domains.profiles());
    const std::string macro = "\nCHECK_DATA_LOCAL_ACL_FILE = /etc/exim4/sealwright_data_acl\n";
    EXPECT_THAT(test::fileOf(set, "/etc/exim4/conf.d/main/99_sealwright").content, HasSubstr(macro));
    EXPECT_THAT(test::fileOf(set, "/etc/exim4/exim4.conf.localmacros").content, HasSubstr(macro));
}

TEST_F(ConfigSets, OpendkimVerifiesOnlyWhereIncomingMailIsChecked) {
    domains.add("example.org", {"r1"});
    const auto modeOf = [this](Inbound inbound) {
        return setting(
            lines(makeConfigSet({Stack::postfixOpendkim, inbound}, domains.profiles()), "/etc/opendkim.conf"), "Mode");
    };
    EXPECT_EQ(modeOf(Inbound::unchanged), "s");
    EXPECT_EQ(modeOf(Inbound::results), "sv");
}

// RFC 9989 section 7.4: not only because of p=reject. "warn" is the one verb of exim's that lets every mail go on.
TEST_F(ConfigSets, NothingIsRefused) {
    domains.add("example.org", {"r1"});
    for (const auto& line : lines(makeConfigSet({Stack::exim4Debian, Inbound::results}, domains.profiles()),
                                  "/etc/exim4/sealwright_data_acl")) {
        const std::string verb = line.substr(std::min(line.find_first_not_of(' '), line.size()));
        for (const char* refusing : {"deny", "defer", "drop", "require", "discard", "accept"}) {
            EXPECT_FALSE(verb.starts_with(refusing)) << line;
        }
    }
    const auto opendkim = makeConfigSet({Stack::postfixOpendkim, Inbound::results}, domains.profiles());
    const auto dmarc = lines(opendkim, "/etc/opendmarc.conf");
    EXPECT_EQ(setting(dmarc, "RejectFailures"), "false");
    EXPECT_EQ(setting(dmarc, "IgnoreAuthenticatedClients"), "true");
    EXPECT_EQ(setting(dmarc, "SPFIgnoreResults"), "true") << "it could be forged";
    EXPECT_EQ(setting(lines(opendkim, "/etc/opendkim.conf"), "RemoveARAll"), "yes");
    for (const Inbound inbound : allInbounds) {
        const auto rspamd = makeConfigSet({Stack::postfixRspamd, inbound}, domains.profiles());
        EXPECT_THAT(lines(rspamd, "/etc/rspamd/local.d/actions.conf"),
                    AllOf(Contains("reject = null;"), Contains("greylist = null;")));
    }
}
