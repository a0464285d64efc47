#include "fault.h"

using namespace sealwright::lint;
using namespace sealwright::test;

namespace {

/// What people have on their servers: of how-tos, issue threads and our own measurements.
const std::vector<Fault> faults = {
    {"cron and PHP",
     {mainCf("smtpd_milters = inet:127.0.0.1:8891\n")},
     LintCode::postfixLocalMailUnsigned,
     0,
     "$smtpd_milters"},
    {"an empty list for them",
     {mainCf("smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters =\n")},
     LintCode::postfixLocalMailUnsigned,
     2,
     "$smtpd_milters"},
    {"no milter", {mainCf("myhostname = mail.example.org\n")}, LintCode::postfixNoMilter, 0, ""},
    {"re-encoded", {mainCf("smtpd_milters = inet:127.0.0.1:8891\n")}, LintCode::postfixReencodes, 0, "= yes"},
    {"tempfail",
     {mainCf(postfix + "milter_default_action = tempfail\n")},
     LintCode::postfixMilterDownStopsMail,
     5,
     "accept"},
    {"Debian's socket",
     {mainCf("smtpd_milters = unix:/run/opendkim/opendkim.sock\n")},
     LintCode::postfixSocketOutsideChroot,
     1,
     "inet:127.0.0.1:8891"},
    {"the whole path below the queue",
     {mainCf("smtpd_milters = unix:/var/spool/postfix/opendkim/opendkim.sock\n")},
     LintCode::postfixSocketOutsideChroot,
     1,
     "unix:opendkim/opendkim.sock"},
    {"Debian's socket by its other name",
     {mainCf("smtpd_milters = local:/run/opendkim/opendkim.sock\n")},
     LintCode::postfixSocketOutsideChroot,
     1,
     "inet:127.0.0.1:8891"},
    {"OpenDKIM's order, second in a list",
     {mainCf("smtpd_milters = inet:127.0.0.1:11332,\n inet:8891@localhost\n")},
     LintCode::postfixSocketSyntax,
     1,
     "inet:127.0.0.1:11332, inet:localhost:8891"},
    {"no_milters",
     {mainCf("receive_override_options = no_address_mappings, no_milters\n")},
     LintCode::postfixMiltersSwitchedOff,
     1,
     ""},
    {"twice",
     {mainCf("smtpd_milters = inet:127.0.0.1:8891\nsmtpd_milters = inet:127.0.0.1:11332\n")},
     LintCode::postfixSetTwice,
     2,
     ""},
    {"ORIGINATING for all",
     {mainCf(postfix + "milter_macro_daemon_name = ORIGINATING\n")},
     LintCode::postfixClaimsOriginating,
     5,
     ""},
    {"an old protocol", {mainCf(postfix + "milter_protocol = 2\n")}, LintCode::postfixMilterProtocol, 5, "= 6"},
    {"Subject: is tagged late",
     {mainCf(postfix + "smtp_header_checks = regexp:/etc/postfix/late\n")},
     LintCode::postfixChangesAfterSigning,
     5,
     "header_checks = regexp:/etc/postfix/late"},
    {"addresses are written anew late",
     {mainCf(postfix + "smtp_generic_maps = hash:/etc/postfix/generic\n")},
     LintCode::postfixChangesAfterSigning,
     5,
     "canonical_maps = hash:/etc/postfix/generic"},
    {"amavis",
     {mainCf(postfix + "content_filter = smtp-amavis:[127.0.0.1]:10024\n")},
     LintCode::postfixContentFilter,
     5,
     ""},
    {"dkimpy-milter's port", {mainCf("smtpd_milters = inet:localhost:8892\n")}, LintCode::postfixDkimpy, 1, ""},
    {"dkimpy-milter's socket",
     {mainCf("smtpd_milters = unix:dkimpy-milter/dkimpy-milter.sock\n")},
     LintCode::postfixDkimpy,
     1,
     ""},
    {"dkimpy-milter",
     {{"/etc/dkimpy-milter/dkimpy-milter.conf", "Mode sv\nDomain example.org\n"}},
     LintCode::dkimpySignsStrangers,
     0,
     "daemon_name|VERIFYING"},
    {"dkimpy-milter, pasted",
     {{"", "Mode sv\nKeyTableEd25519 /etc/dkimpy-milter/keytable\n"}},
     LintCode::dkimpySignsStrangers,
     0,
     "MacroListVerify"},
    {"no milter, and OpenDKIM waits",
     {mainCf("myhostname = mail.example.org\n"), opendkimConf(opendkim + tables + "Socket inet:8891@localhost\n")},
     LintCode::postfixNoMilter,
     0,
     "smtpd_milters = inet:127.0.0.1:8891"},
    {"verifies only", {opendkimConf("Mode v\n")}, LintCode::opendkimVerifiesOnly, 1, "sv"},
    {"another port",
     {mainCf(postfix), opendkimConf("Socket inet:12301@localhost\n")},
     LintCode::opendkimSocketMismatch,
     1,
     "smtpd_milters = inet:127.0.0.1:12301"},
    {"another port, beside another milter",
     {mainCf("smtpd_milters = inet:127.0.0.1:11332, inet:localhost:8891\n"),
      opendkimConf("Socket inet:12301@localhost\n")},
     LintCode::opendkimSocketMismatch,
     1,
     "smtpd_milters = inet:127.0.0.1:11332, inet:127.0.0.1:12301"},
    {"a socket out of the chroot",
     {opendkimConf("Socket local:/run/opendkim/opendkim.sock\n"), mainCf(postfix)},
     LintCode::opendkimSocketMismatch,
     1,
     "inet:8891@127.0.0.1"},
    {"everybody is internal", {opendkimConf("InternalHosts 0.0.0.0/0\n")}, LintCode::opendkimSignsStrangers, 1, ""},
    {"everybody is trusted", {{"TrustedHosts", "127.0.0.1\n::/0\n"}}, LintCode::opendkimSignsStrangers, 2, ""},
    {"SHA-1", {opendkimConf("SignatureAlgorithm rsa-sha1\n")}, LintCode::opendkimSha1, 1, "rsa-sha256"},
    {"Ed25519 alone",
     {opendkimConf("SignatureAlgorithm ed25519-sha256\n")},
     LintCode::opendkimEd25519Alone,
     1,
     "rsa-sha256"},
    {"From once", {opendkimConf("Mode sv\n")}, LintCode::opendkimFromOnce, 0, "From"},
    {"List-Id oversigned", {opendkimConf("OversignHeaders From,List-Id\n")}, LintCode::opendkimListHeaders, 1, "From"},
    {"simple",
     {opendkimConf("Canonicalization simple/simple\n")},
     LintCode::opendkimSimpleHeader,
     1,
     "relaxed/relaxed"},
    {"simple by default", {opendkimConf("Mode sv\n")}, LintCode::opendkimSimpleHeader, 0, "relaxed/relaxed"},
    {"unsafe keys", {opendkimConf("RequireSafeKeys false\n")}, LintCode::opendkimUnsafeKeys, 1, "yes"},
    {"patterns without refile:",
     {opendkimConf(opendkim + "SigningTable file:/etc/opendkim/SigningTable\n"), {"SigningTable", "*@example.org k\n"}},
     LintCode::opendkimTableWithoutRefile,
     5,
     "refile:/etc/opendkim/SigningTable"},
    {"a fourth part", {keyTable("k example.org:s1:/etc/k.private:ed25519\n")}, LintCode::opendkimKeyRowBroken, 1, ""},
    {"two parts", {keyTable("k example.org:/etc/k.private\n")}, LintCode::opendkimKeyRowBroken, 1, ""},
    {"a relative path", {keyTable("k example.org:s1:keys/k.private\n")}, LintCode::opendkimKeyPathRelative, 1, ""},
    {"a key that is not there",
     {keyTable("k example.org:s1:/k\n"), {"SigningTable", "*@example.org l\n"}},
     LintCode::opendkimKeyNameUnknown,
     1,
     ""},
    {"one name for two keys",
     {keyTable("k example.org:s1:/k\nk example.net:s1:/l\n")},
     LintCode::opendkimKeyNameTwice,
     2,
     ""},
    {"no key at all", {opendkimConf("Mode sv\n")}, LintCode::opendkimSignsNothing, 0, "refile:/etc/opendkim/KeyTable"},
    {"a key table alone", {opendkimConf(opendkim)}, LintCode::opendkimIncomplete, 0, "SigningTable"},
    {"a signing table alone", {opendkimConf(tables)}, LintCode::opendkimIncomplete, 0, "KeyTable"},
    {"one key without a selector",
     {opendkimConf("Domain example.org\nKeyFile /etc/dkimkeys/2024.private\n")},
     LintCode::opendkimIncomplete,
     0,
     "Selector                2024"},
    {"a selector without its key",
     {opendkimConf("Domain example.org\nSelector 2024\n")},
     LintCode::opendkimIncomplete,
     0,
     "/etc/dkimkeys/2024.private"},
    {"one key beside the tables",
     {opendkimConf(opendkim + tables + "KeyFile /etc/dkimkeys/2024.private\n")},
     LintCode::opendkimSingleIgnored,
     6,
     "# KeyFile"},
    {"containers",
     {mainCf(postfix + "mynetworks = 127.0.0.0/8 172.17.0.0/16\n"), opendkimConf(opendkim + tables)},
     LintCode::opendkimNetworkUnsigned,
     0,
     "InternalHosts           127.0.0.1, ::1, 172.17.0.0/16"},
    {"containers beside a list of hosts",
     {mainCf(postfix + "mynetworks = 127.0.0.0/8 172.17.0.0/16 192.0.2.1\n"),
      opendkimConf(opendkim + tables + "InternalHosts /etc/opendkim/TrustedHosts\n"),
      {"/etc/opendkim/TrustedHosts", "127.0.0.1\n192.0.2.0/24\n"}},
     LintCode::opendkimNetworkUnsigned,
     0,
     "172.17.0.0/16"},
    {"parent domain by default", {dkimSigning("sign_local = true;\n")}, LintCode::rspamdParentDomain, 0, "false"},
    {"parent domain", {dkimSigning(rspamd + "use_esld = true;\n")}, LintCode::rspamdParentDomain, 5, "false"},
    {"another MAIL FROM", {dkimSigning("use_esld = false;\n")}, LintCode::rspamdOtherMailFrom, 0, "true"},
    {"another user", {dkimSigning("use_esld = false;\n")}, LintCode::rspamdOtherUser, 0, "true"},
    {"by the envelope",
     {dkimSigning(rspamd + "use_domain = \"envelope\";\n")},
     LintCode::rspamdDomainOfMailFrom,
     5,
     "header"},
    {"a fallback", {dkimSigning(rspamd + "try_fallback = true; # as before\n")}, LintCode::rspamdFallback, 5, "false"},
    {"not local", {dkimSigning(rspamd + "sign_local = false;\n")}, LintCode::rspamdLocalUnsigned, 5, "true"},
    {"not signed-in",
     {dkimSigning(rspamd + "sign_authenticated = false;\n")},
     LintCode::rspamdAuthenticatedUnsigned,
     5,
     "true"},
    {"all networks", {dkimSigning(rspamd + "sign_networks = \"0.0.0.0/0\";\n")}, LintCode::rspamdSignsStrangers, 5, ""},
    {"all networks in a list",
     {dkimSigning(rspamd + "sign_networks = [\"10.0.0.0/8\", \"0.0.0.0/0\"];\n")},
     LintCode::rspamdSignsStrangers,
     5,
     "[\"127.0.0.0/8\", \"::1\"]"},
    {"all networks in a file", {{"sign_networks.map", "::1\n0.0.0.0/0\n"}}, LintCode::rspamdSignsStrangers, 2, ""},
    {"a key without selector",
     {dkimSigning(rspamd + "domain { example.org { path = \"/k\"; } }\n")},
     LintCode::rspamdKeyWithoutSelector,
     5,
     ""},
    {"switched off", {dkimSigning(rspamd + "enabled = false;\n")}, LintCode::rspamdSwitchedOff, 5, "true"},
    {"asks the DNS first",
     {dkimSigning(rspamd + "check_pubkey = true;\n")},
     LintCode::rspamdChecksPublished,
     5,
     "check_pubkey = false;"},
    {"a key without selector, and the name of its file",
     {dkimSigning(rspamd + "domain { example.org { path = \"/k/example.org.mail.key\"; } }\n")},
     LintCode::rspamdKeyWithoutSelector,
     5,
     "path = \"/k/example.org.mail.key\"; selector = \"mail\"; } }"},
    {"a shopping list", {{"list.txt", "milk\neggs\n"}}, LintCode::unknownFile, 0, ""},
};

} // namespace

TEST(Lint, findsEachFaultAndSaysWhatShouldStandThere) {
    expectFound(faults);
}

TEST(Lint, leavesAloneWhatIsRight) {
    const std::vector<std::vector<ServerFile>> right = {
        {macros("DKIM_DOMAIN = example.org\n" + signing)},
        {macros("DKIM_DOMAIN = ${if def:authenticated_id{${lookup{${domain:$rh_from:}}lsearch{/etc/exim4/domains}}}}\n"
                "DKIM_SELECTOR = s1\nDKIM_PRIVATE_KEY = /etc/exim4/dkim/$dkim_domain.pem\nDKIM_SIGN_HEADERS = "
                "+From:=List-Id\n")},
        {mainCf(postfix), opendkimConf(opendkim + tables + "Socket inet:8891@localhost\n")},
        {mainCf("smtpd_milters = unix:opendkim/opendkim.sock\nnon_smtpd_milters = $smtpd_milters\n"
                "milter_default_action = accept\ndisable_mime_output_conversion = yes\n"),
         opendkimConf(opendkim + tables + "Socket local:/var/spool/postfix/opendkim/opendkim.sock\n")},
        {mainCf("smtpd_milters = local:opendkim/opendkim.sock\nnon_smtpd_milters = $smtpd_milters\n"
                "milter_default_action = accept\ndisable_mime_output_conversion = yes\n"),
         opendkimConf(opendkim + tables + "Socket local:/var/spool/postfix/opendkim/opendkim.sock\n")},
        {keyTable("# keys\nk example.org:s1:/k\n"), {"SigningTable", "*@example.org k\n"}},
        {dkimSigning(rspamd + "sign_local = false;\nsign_networks = \"/etc/rspamd/local.d/sign_networks.map\";\n")},
        {dkimSigning(rspamd + "domain { example.org { selectors [ { path = \"/k\"; selector = \"s1\"; } ] } }\n")},
        {{"update-exim4.conf.conf", "dc_eximconfig_configtype='internet'\ndc_use_split_config='false'\n"}},
    };
    for (const auto& files : right) {
        EXPECT_EQ(listed(lint(files)), "") << files.front().text;
    }
}

TEST(Lint, tellsFilesByTheirWords) {
    EXPECT_EQ(kindOf({"", "DKIM_DOMAIN = x\n"}), FileKind::exim);
    EXPECT_EQ(kindOf({"pasted", "myhostname = x\n"}), FileKind::postfix);
    EXPECT_EQ(kindOf({"", "# all\nSocket inet:1@localhost\n"}), FileKind::opendkim);
    EXPECT_EQ(kindOf({"", "k example.org:s:/k\n"}), FileKind::keyTable);
    EXPECT_EQ(kindOf({"", "*@example.org s._domainkey.example.org\n"}), FileKind::signingTable);
    EXPECT_EQ(kindOf({"", "use_esld = true;\n"}), FileKind::rspamd);
    EXPECT_EQ(kindOf({"", ""}), FileKind::unknown);
}

TEST(Lint, showsLinesThatGoOnAsTheyStand) {
    const std::string text = "smtpd_milters = inet:127.0.0.1:8891,\r\n  " + std::string(600, 'a') + "\r\n  b\r\n";
    const std::vector<Setting> settings = postfixSettings(text, 0);
    ASSERT_EQ(settings.size(), 1U);
    EXPECT_EQ(settings[0].text, text.substr(0, longestShown));
    EXPECT_TRUE(settings[0].value.ends_with("a b"));
}

TEST(Lint, takesAnyOctets) {
    std::string noise;
    for (unsigned i = 0; i < 5000; ++i) {
        noise += static_cast<char>(i * 37 % 256);
    }
    for (const char* name :
         {"exim4.conf.localmacros", "main.cf", "opendkim.conf", "KeyTable", "SigningTable", "TrustedHosts",
          "dkim_signing.conf", "sign_networks.map", "update-exim4.conf.conf", "else"}) {
        for (const std::string& text :
             {std::string(), std::string("\n"), std::string("="), std::string(" \\"), std::string("DKIM_DOMAIN ="),
              "DKIM_PRIVATE_KEY = " + std::string(5000, '{'), noise, std::string("a\0b = c", 7),
              std::string("smtpd_milters = inet:@\n"), std::string("Socket inet:\n"), std::string("k ::\n")}) {
            EXPECT_LT(lint(std::vector<ServerFile>{{name, text}}).size(), 2000U) << name;
        }
    }
}

// As long as a file may be, and each as bad as it can be for its rules.
TEST(Lint, staysSmallForHugeFiles) {
    const auto repeated = [](std::string begin, auto piece) {
        for (std::size_t i = 0; begin.size() < longestFile; ++i) {
            begin += piece(i);
        }
        return begin;
    };
    const std::vector<ServerFile> files = {
        macros(repeated("", [](std::size_t i) { return "A" + std::to_string(i) + "=\n"; })),
        mainCf(repeated("smtpd_milters =", [](std::size_t) { return std::string(" local:a"); })),
        mainCf(repeated("", [](std::size_t i) { return "a" + std::to_string(i) + "=\n"; })),
        opendkimConf(repeated("InternalHosts ", [](std::size_t) { return std::string("0.0.0.0/0,"); })),
        keyTable(repeated("", [](std::size_t i) { return "k" + std::to_string(i) + " a:b:/c\n"; })),
        {"SigningTable", repeated("", [](std::size_t i) { return "a k" + std::to_string(i) + "\n"; })},
        dkimSigning(repeated("", [](std::size_t) { return std::string("path=a;"); })),
    };
    std::size_t octets = 0;
    for (const LintFinding& finding : lint(files)) {
        octets += finding.text.size() + finding.mended.size() + finding.subject.size();
    }
    EXPECT_LT(octets, 100U * longestFile);
}
