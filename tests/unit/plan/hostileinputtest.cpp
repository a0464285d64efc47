#include "dkim/keyrecord.h"
#include "names/emailaddress.h"
#include "names/selector.h"
#include "plan/comparison.h"
#include "spf/record.h"
#include "support/fakeresolver.h"

#include <chrono>
#include <gtest/gtest.h>

// What people paste and what strangers publish: each has its own error, at once, whatever its size.
namespace sealwright {
namespace {

using namespace std::string_literals;
using test::dnsName;
using test::FakeResolver;

const std::string huge(10'000'000, 'a');

template <class Code>
struct Hostile {
    std::string why, input;
    Code code;
};

// Every input is refused with its code; what is quoted of it is bounded.
template <class Code, std::size_t size, class Parse>
void expectRefused(const Hostile<Code> (&inputs)[size], Parse parse) {
    for (const auto& [why, input, code] : inputs) {
        SCOPED_TRACE(why);
        const auto result = parse(input);
        ASSERT_FALSE(result);
        EXPECT_EQ(static_cast<int>(result.error().code), static_cast<int>(code));
        EXPECT_LE(result.error().what.size(), longestQuote);
        EXPECT_LE(result.error().where, input.size());
    }
}

TEST(HostileInput, IsNoDomainName) {
    using enum DomainNameError;
    const Hostile<DomainNameError> inputs[] = {
        {"nothing", "", empty},
        {"white space", " \t\r\n", empty},
        {"a dot", ".", emptyLabel},
        {"two dots", "example..org", emptyLabel},
        {"a dot ahead", ".example.org", emptyLabel},
        {"two dots at the end", "example.org..", emptyLabel},
        {"one label", "localhost", singleLabel},
        {"a long label", std::string(64, 'a') + ".org", labelTooLong},
        {"a long name",
         std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(63, 'd'),
         nameTooLong},
        {"10 MB", huge, nameTooLong},
        {"10 MB of dots", std::string(10'000'000, '.'), nameTooLong},
        {"10 MB with an @", huge + "@" + huge, nameTooLong},
        {"10 MB of U+00E4",
         [] {
             std::string text;
             for (int i = 0; i < 5'000'000; ++i) {
                 text += "ä";
             }
             return text;
         }(),
         nameTooLong},
        {"a space", "exam ple.org", badCharacter},
        {"a no-break space", "exam\u00A0ple.org", badCharacter},
        {"a newline", "example.org\nexample.net", badCharacter},
        {"NUL", "example.org\0.net"s, badCharacter},
        {"a quote", "exa\"mple.org", badCharacter},
        {"an apostrophe", "exa'mple.org", badCharacter},
        {"a backtick", "`id`.example.org", badCharacter},
        {"a dollar", "$HOME.example.org", badCharacter},
        {"a command", "$(reboot).example.org", badCharacter},
        {"an exim expansion", "${run{/bin/sh}}.example.org", badCharacter},
        {"a semicolon", "example.org;reboot", badCharacter},
        {"a path", "../../etc/passwd", emptyLabel},
        {"a slash", "example.org/24", badCharacter},
        {"a backslash", "example\\.org", badCharacter},
        {"a percent sign", "ex%61mple.org", badCharacter},
        {"a wildcard", "*.example.org", badCharacter},
        {"an underscore", "_dmarc.example.org", badCharacter},
        {"a port", "example.org:25", badCharacter},
        {"an XML tag", "<b>.example.org", badCharacter},
        {"a control character", "exa\x1b[31mmple.org", badCharacter},
        {"a hyphen ahead", "-example.org", hyphenAtEdge},
        {"a hyphen at the end", "example-.org", hyphenAtEdge},
        {"an option", "--help.org", hyphenAtEdge},
        {"writing from right to left", "exa\u202Emple.org", badIdn},
        {"emoji", "\U0001F4A9.example", badIdn},
        {"not UTF-8", "ex\xff\xfe.org", badIdn},
        {"half a character", "ex\xc3", badIdn},
        {"an A-label of nothing", "xn--.org", hyphenAtEdge},
        {"an A-label that can't be decoded", "xn--zzzzzzzz.org", badIdn},
        {"an A-label of what has none", "xn--ls8h.org", badIdn},
        {"IPv4", "192.0.2.1", isAddress},
        {"IPv4 with a number too high", "192.0.2.256", isAddress},
        {"IPv4 with full stops of another script", "192。0。2。1", isAddress},
        {"IPv6", "2001:db8::1", isAddress},
        {"IPv6 in brackets", "[2001:db8::1]", isAddress},
        {"a domain literal", "[IPv6:2001:db8::1]", isAddress},
        {"mailbox", "user@example.org", isEmailAddress},
        {"URL", "https://example.org/", isUrl},
    };
    expectRefused(inputs, DomainName::parse);
}

TEST(HostileInput, ThatLooksLikeAnotherNameShowsWhatItIs) {
    const auto name = DomainName::parse("аррӏе.com"); // Cyrillic
    ASSERT_TRUE(name);
    EXPECT_EQ(name->toString(), "xn--80ak6aa92e.com");
}

TEST(HostileInput, IsNoSelector) {
    using enum SelectorError;
    const Hostile<SelectorError> inputs[] = {
        {"nothing", "", empty},
        {"10 MB", huge, tooLong},
        {"a long label", std::string(64, 'a'), labelTooLong},
        {"a newline", "s1\ns2", badCharacter},
        {"NUL", "s1\0"s, badCharacter},
        {"a space", "s 1", badCharacter},
        {"a dot ahead", ".s1", badCharacter},
        {"a dot at the end", "s1.", badCharacter},
        {"a path", "../s1", badCharacter},
        {"a slash", "s1/../../key", badCharacter},
        {"an underscore", "s_1", badCharacter},
        {"an exim expansion", "${run{id}}", badCharacter},
        {"a command", "`id`", badCharacter},
        {"a quote", "s1\"", badCharacter},
        {"a colon", "s1:example.org", badCharacter},
        {"not ASCII", "sélecteur", badCharacter},
        {"a hyphen ahead", "-s1", hyphenAtEdge},
        {"an option", "--force", hyphenAtEdge},
    };
    expectRefused(inputs, Selector::parse);
}

TEST(HostileInput, IsNoMailbox) {
    using enum EmailAddressError;
    const Hostile<EmailAddressError> inputs[] = {
        {"nothing", "", empty},
        {"no @", "example.org", noAt},
        {"10 MB", huge, noAt},
        {"10 MB ahead of the @", huge + "@example.org", badLocalPart},
        {"10 MB behind the @", "a@" + huge, badDomain},
        {"a long local part", std::string(65, 'a') + "@example.org", badLocalPart},
        {"no local part", "@example.org", badLocalPart},
        {"two @", "a@b@example.org", badLocalPart},
        {"quoted", "\"a b\"@example.org", badLocalPart},
        {"a display name", "Me <me@example.org>", badLocalPart},
        {"a comment", "me(x)@example.org", badLocalPart},
        {"two mailboxes", "a@example.org,b@example.org", badLocalPart},
        {"a tag's end", "me;p=none@example.org", badLocalPart},
        {"a header", "me\r\nBcc: all@example.org", badLocalPart},
        {"NUL", "me\0@example.org"s, badLocalPart},
        {"two dots", "a..b@example.org", badLocalPart},
        {"not ASCII", "mé@example.org", badLocalPart},
        {"no domain", "me@", badDomain},
        {"a domain literal", "me@[192.0.2.1]", badDomain},
        {"a command for a domain", "me@$(id).org", badDomain},
    };
    expectRefused(inputs, EmailAddress::parse);
}

TEST(HostileInput, IsNoAddress) {
    using enum IpAddressError;
    const Hostile<IpAddressError> inputs[] = {
        {"nothing", "", empty},
        {"10 MB", huge, notAnAddress},
        {"a name", "example.org", notAnAddress},
        {"three parts", "192.0.2", notAnAddress},
        {"a part too high", "192.0.2.256", notAnAddress},
        {"octal", "0300.0.2.1", notAnAddress},
        {"one number", "3221225985", notAnAddress},
        {"NUL", "192.0.2.1\0"s, notAnAddress},
        {"white space", "192.0.2.1 ", notAnAddress},
        {"a scope", "fe80::1%eth0", notAnAddress},
        {"two gaps", "2001::db8::1", notAnAddress},
        {"a command", "192.0.2.1;id", notAnAddress},
        {"no length", "192.0.2.1/", badPrefixLength},
        {"33 bits", "192.0.2.1/33", badPrefixLength},
        {"129 bits", "2001:db8::/129", badPrefixLength},
        {"a mask", "192.0.2.1/255.255.255.0", badPrefixLength},
        {"less than nothing", "192.0.2.1/-1", badPrefixLength},
        {"a zero ahead", "192.0.2.1/08", badPrefixLength},
        {"far too many bits", "192.0.2.1/99999999999999999999", badPrefixLength},
    };
    expectRefused(inputs, IpNetwork::parse);
}

TEST(HostileInput, IsNoSpfRecord) {
    using enum spf::RecordError;
    const Hostile<spf::RecordError> inputs[] = {
        {"nothing", "", notSpf},
        {"10 MB", huge, notSpf},
        {"10 MB of terms", "v=spf1 " + huge, tooLong},
        {"a space ahead", " v=spf1 -all", notSpf},
        {"a comma", "v=spf1,mx", notSpf},
        {"a term nobody knows", "v=spf1 ipv4:192.0.2.1", unknownMechanism},
        {"a sign alone", "v=spf1 -", unknownMechanism},
        {"two signs", "v=spf1 --all", unknownMechanism},
        {"a colon alone", "v=spf1 :", unknownMechanism},
        {"a newline", "v=spf1 mx\n-all", badCharacter},
        {"NUL", "v=spf1 mx\0 -all"s, badCharacter},
        {"not ASCII",
         "v=spf1 a:b\xc3\xbc"
         "cher.example -all",
         badCharacter},
        {"a macro that is not closed", "v=spf1 exists:%{i", badDomainSpec},
        {"macros that are not closed",
         "v=spf1 exists:" +
             [] {
                 std::string text;
                 for (int i = 0; i < 20'000; ++i) {
                     text += "%{i";
                 }
                 return text;
             }(),
         badDomainSpec},
        {"a macro of explanations", "v=spf1 exists:%{t}.example.org", badDomainSpec},
        {"no parts of a macro", "v=spf1 exists:%{i0}.example.org", badDomainSpec},
        {"an exim expansion", "v=spf1 a:${run{id}}", badDomainSpec},
        {"a domain that ends in a number", "v=spf1 a:192.0.2.1", badDomainSpec},
        {"33 bits", "v=spf1 ip4:192.0.2.1/33", badPrefixLength},
        {"129 bits", "v=spf1 a//129", badPrefixLength},
        {"IPv6 for IPv4", "v=spf1 ip4:2001:db8::1", badNetwork},
        {"half an address", "v=spf1 ip4:192.0.2", badNetwork},
        {"no address", "v=spf1 ip4", missingValue},
        {"no domain", "v=spf1 include: -all", missingValue},
        {"all of something", "v=spf1 all:example.org", unexpectedValue},
        {"a modifier without a name", "v=spf1 =x", badModifier},
        {"redirect= twice", "v=spf1 redirect=a.example redirect=b.example", duplicateModifier},
    };
    expectRefused(inputs, spf::Record::parse);
}

TEST(HostileInput, IsNoDkimKeyRecord) {
    using enum dkim::KeyRecordError;
    const Hostile<dkim::KeyRecordError> inputs[] = {
        {"10 MB", huge, tooLong},
        {"10 MB of key", "v=DKIM1; p=" + huge, tooLong},
        {"60,000 tags",
         [] {
             std::string text = "v=DKIM1";
             for (int i = 0; i < 8'000; ++i) {
                 text += ";a" + std::to_string(i) + "=";
             }
             return text;
         }(),
         missingKey},
        {"NUL", "v=DKIM1; p=\0"s, badTagList},
        {"a tag twice", "v=DKIM1; p=; p=", badTagList},
        {"a command", "v=DKIM1; $(id)=x; p=", badTagList},
        {"DER of nothing", "v=DKIM1; p=AAAA", badKey},
        {"DER that says it is huge", "v=DKIM1; p=MIT/////", badKey},
    };
    expectRefused(inputs, dkim::KeyRecord::parse);
}

TEST(HostileInput, IsNoDmarcRecord) {
    using enum dmarc::RecordError;
    const Hostile<dmarc::RecordError> inputs[] = {
        {"nothing", "", notDmarc},
        {"10 MB", huge, notDmarc},
        {"10 MB of record", "v=DMARC1; rua=mailto:" + huge, tooLong},
        {"NUL", "v=DMARC1\0; p=none"s, notDmarc},
        {"small letters", "v=dmarc1; p=reject", notDmarc},
    };
    expectRefused(inputs, dmarc::Record::parse);
}

// Strangers answer for our names too. An answer has 64 kB at most: the fullest lead to few questions and no long wait.
TEST(HostileInput, FromTheDnsIsBounded) {
    std::string zone = "example.org TXT v=spf1";
    for (int i = 0; i < 2'000; ++i) {
        zone += " a:h" + std::to_string(i) + ".example";
    }
    zone += " -all\nexample.org TXT v=spf1";
    for (int i = 0; i < 2'000; ++i) {
        zone += " ip4:10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
    }
    zone += "\n_dmarc.example.org TXT v=DMARC1; p=none; rua=mailto:a@h.example";
    for (int i = 0; i < 2'000; ++i) {
        zone += ",mailto:a@h" + std::to_string(i) + ".example";
    }
    zone += "\n";
    for (int i = 0; i < 3'000; ++i) {
        zone += "example.org MX 10 m" + std::to_string(i) + ".example.\n";
        zone += "example.org NS n" + std::to_string(i) + ".example.\n";
    }
    FakeResolver resolver(zone);
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    const Published published = readPublished(profile, resolver, {});
    EXPECT_LT(resolver.questions().size(), 300U);
    const RecordPlan plan = makePlan(profile, published);
    EXPECT_FALSE(compare(plan, published).empty());
}

} // namespace
} // namespace sealwright
