#include "lint/lint.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace sealwright::lint;

namespace {

struct Fault {
    const char* what;
    std::vector<ServerFile> files;
    LintCode code;
    std::size_t line;   ///< 0: what the file does not say.
    const char* mended; ///< A part of what should stand there, or empty.
};

const std::string signing = "DKIM_SELECTOR = s1\nDKIM_PRIVATE_KEY = /etc/exim4/dkim/example.org.pem\n"
                            "DKIM_SIGN_HEADERS = +From:=To:=Subject\n";
const std::string opendkim = "Canonicalization relaxed/relaxed\nOversignHeaders From\nMode sv\n"
                             "KeyTable refile:/etc/opendkim/KeyTable\n";
const std::string tables = "SigningTable refile:/etc/opendkim/SigningTable\n";
const std::string postfix = "smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters = $smtpd_milters\n"
                            "milter_default_action = accept\ndisable_mime_output_conversion = yes\n";
const std::string rspamd = "use_esld = false;\nallow_hdrfrom_mismatch = true;\nallow_username_mismatch = true;\n"
                           "try_fallback = false;\n";

ServerFile macros(std::string text) {
    return {"/etc/exim4/exim4.conf.localmacros", std::move(text)};
}
ServerFile mainCf(std::string text) {
    return {"/etc/postfix/main.cf", std::move(text)};
}
ServerFile opendkimConf(std::string text) {
    return {"/etc/opendkim.conf", std::move(text)};
}
ServerFile dkimSigning(std::string text) {
    return {"/etc/rspamd/local.d/dkim_signing.conf", std::move(text)};
}
ServerFile keyTable(std::string text) {
    return {"KeyTable", std::move(text)};
}

ServerFile exim4Conf(std::string text) {
    return {"/etc/exim4/exim4.conf", std::move(text)};
}
/// A configuration of one's own; the transport that the router names comes last, and `more` behind its driver.
std::string wholeWith(const std::string& more) {
    return "begin routers\nout:\n  driver = dnslookup\n  transport = remote\nbegin transports\nremote:\n  driver = "
           "smtp\n" +
           more;
}

/// What people have on their servers: of how-tos, issue threads and our own measurements.
const std::vector<Fault> faults = {
    {"the how-to of 2016",
     {macros("DKIM_DOMAIN = ${lc:${domain:$rh_from:}}\nDKIM_PRIVATE_KEY = ${if exists{/etc/exim4/dkim/"
             "${dkim_domain}.pem}{/etc/exim4/dkim/${dkim_domain}.pem}{0}}\n")},
     LintCode::eximTaintedKeyPath,
     2,
     "${lookup{${dkim_domain}.pem}dsearch,ret=full{/etc/exim4/dkim}{$value}{0}}"},
    {"a plain path of the domain",
     {macros("DKIM_DOMAIN = ${lc:${domain:$rh_from:}}\nDKIM_PRIVATE_KEY = /etc/exim4/$dkim_domain.key\n")},
     LintCode::eximTaintedKeyPath,
     2,
     "${lookup{$dkim_domain.key}dsearch,ret=full{/etc/exim4}{$value}{0}}"},
    {"a folder of the domain",
     {macros("DKIM_DOMAIN = ${domain:$rh_from:}\nDKIM_PRIVATE_KEY = /etc/dkim/$dkim_domain/s1.pem\n")},
     LintCode::eximTaintedKeyPath,
     2,
     "filter=subdir"},
    {"a path of the field itself",
     {macros("DKIM_PRIVATE_KEY = /etc/dkim/${domain:$h_from:}.pem\n")},
     LintCode::eximTaintedKeyPath,
     1,
     "dsearch"},
    {"a decoded From:",
     {macros("DKIM_DOMAIN = ${lc:${domain:$h_from:}}\n" + signing)},
     LintCode::eximDecodedFrom,
     1,
     "$rh_from:"},
    {"a decoded From: by its long name",
     {macros("DKIM_DOMAIN = ${domain:$header_from:}\n" + signing)},
     LintCode::eximDecodedFrom,
     1,
     "$rheader_from:"},
    {"no condition",
     {macros("DKIM_DOMAIN = ${lc:${domain:$rh_from:}}\n" + signing)},
     LintCode::eximSignsStrangers,
     1,
     "+relay_from_hosts"},
    {"by the envelope",
     {macros("DKIM_DOMAIN = $sender_address_domain\n" + signing)},
     LintCode::eximSignsStrangers,
     1,
     "def:authenticated_id"},
    {"exim's list of fields",
     {macros("DKIM_DOMAIN = example.org\nDKIM_SELECTOR = a\nDKIM_PRIVATE_KEY = /k\n")},
     LintCode::eximListHeaders,
     0,
     "DKIM_SIGN_HEADERS = +From"},
    {"exim's list by name",
     {macros("DKIM_SIGN_HEADERS = _DKIM_SIGN_HEADERS:X-Mine\n")},
     LintCode::eximListHeaders,
     1,
     "+From"},
    {"exim's list oversigned",
     {macros("DKIM_SIGN_HEADERS = _DKIM_OVERSIGN_HEADERS\n")},
     LintCode::eximListHeaders,
     1,
     "+From"},
    {"List-Id signed", {macros("DKIM_SIGN_HEADERS = +From:Subject:List-Id\n")}, LintCode::eximListHeaders, 1, "+From"},
    {"Sender oversigned", {macros("DKIM_SIGN_HEADERS = +From:+Sender\n")}, LintCode::eximListHeaders, 1, "+From"},
    {"From once", {macros("DKIM_SIGN_HEADERS = From:Subject:Date\n")}, LintCode::eximFromOnce, 1, "+From"},
    {"strict", {macros("DKIM_STRICT = true\n")}, LintCode::eximStrict, 1, "false"},
    {"strict as a number", {macros("DKIM_STRICT = 1\n")}, LintCode::eximStrict, 1, "false"},
    {"small letters",
     {macros("dkim_domain = example.org\n")},
     LintCode::eximLowerCaseMacro,
     1,
     "DKIM_DOMAIN = example.org"},
    {"twice",
     {macros("DKIM_CANON = relaxed\nDKIM_CANON = simple\n")},
     LintCode::eximDefinedTwice,
     2,
     "DKIM_CANON == simple"},
    {"a brace too few",
     {macros("DKIM_DOMAIN = ${lc:${domain:$rh_from:}\n" + signing)},
     LintCode::eximBracesUnbalanced,
     1,
     ""},
    {"a brace too many, on lines that go on",
     {macros("DKIM_SELECTOR = ${if eq{a}{b}\\\n  {x}{y}}}\n")},
     LintCode::eximBracesUnbalanced,
     1,
     ""},
    {"no selector",
     {macros("DKIM_DOMAIN = example.org\nDKIM_PRIVATE_KEY = /k\n")},
     LintCode::eximIncomplete,
     0,
     "DKIM_SELECTOR"},
    {"no key",
     {macros("DKIM_DOMAIN = example.org\nDKIM_SELECTOR = a\n")},
     LintCode::eximIncomplete,
     0,
     "DKIM_PRIVATE_KEY"},
    {"a full stop in the name",
     {{"/etc/exim4/conf.d/main/00_dkim.conf", "DKIM_CANON = relaxed\n"}},
     LintCode::eximFileIgnored,
     0,
     "00_dkim"},
    {"monolithic macros, split configuration",
     {macros("DKIM_CANON = relaxed\n"), {"update-exim4.conf.conf", "dc_use_split_config='true'\n"}},
     LintCode::eximOtherConfigRead,
     0,
     ""},
    {"split macros, monolithic configuration",
     {{"/etc/exim4/conf.d/main/00_dkim", "DKIM_CANON = relaxed\n"},
      {"update-exim4.conf.conf", "dc_use_split_config='false'\n"}},
     LintCode::eximOtherConfigRead,
     0,
     ""},
    {"a configuration of one's own",
     {macros("DKIM_CANON = relaxed\n"), {"/etc/exim4/exim4.conf", "begin acl\n"}},
     LintCode::eximOtherConfigRead,
     0,
     ""},
    {"smarthost",
     {{"update-exim4.conf.conf", "dc_eximconfig_configtype='smarthost'\n"}},
     LintCode::eximSmarthost,
     1,
     ""},
    {"satellite",
     {{"update-exim4.conf.conf", "dc_eximconfig_configtype='satellite'\n"}},
     LintCode::eximSmarthost,
     1,
     ""},
    {"the how-to of 2016, with a macro for the file",
     {macros("DKIM_DOMAIN = ${lc:${domain:$h_from:}}\nDKIM_FILE = /etc/exim4/dkim/${lc:${domain:$h_from:}}.pem\n"
             "DKIM_PRIVATE_KEY = ${if exists{DKIM_FILE}{DKIM_FILE}{0}}\n")},
     LintCode::eximTaintedKeyPath,
     3,
     "${lookup{${lc:${domain:$rh_from:}}.pem}dsearch,ret=full{/etc/exim4/dkim}{$value}{0}}"},
    {"a folder of the domain, a file of the selector",
     {macros("DKIM_DOMAIN = ${domain:$rh_from:}\nDKIM_PRIVATE_KEY = /etc/dkim/${dkim_domain}/$dkim_selector.pem\n")},
     LintCode::eximTaintedKeyPath,
     2,
     "${lookup{${dkim_domain}}dsearch,filter=subdir,ret=full{/etc/dkim}"
     "{${lookup{$dkim_selector.pem}dsearch,ret=full{$value}{$value}{0}}}{0}}"},
    {"simple", {macros("DKIM_CANON = simple\n")}, LintCode::eximSimpleHeader, 1, "DKIM_CANON = relaxed"},
    {"by the envelope, in braces",
     {macros("DKIM_DOMAIN = ${sender_address_domain}\n" + signing)},
     LintCode::eximDomainOfMailFrom,
     1,
     "${domain:$rh_from:}"},
    {"no selector, and what its table needs",
     {macros("DKIM_DOMAIN = example.org\nDKIM_PRIVATE_KEY = /k\n")},
     LintCode::eximIncomplete,
     0,
     "/etc/exim4/dkim/selectors needs a row for each domain, with its selector: example.org: s1"},
    {"a tainted path in the transport",
     {exim4Conf(wholeWith("  dkim_domain = ${domain:$rh_from:}\n  dkim_selector = s1\n"
                          "  dkim_private_key = /etc/dkim/$dkim_domain.pem\n"))},
     LintCode::eximTaintedKeyPath,
     10,
     "  dkim_private_key = ${lookup{$dkim_domain.pem}dsearch,ret=full{/etc/dkim}{$value}{0}}"},
    {"a transport without DKIM",
     {exim4Conf(wholeWith("other:\n  driver = smtp\n  dkim_domain = example.org\n  dkim_selector = s1\n"))},
     LintCode::eximTransportUnsigned,
     7,
     "  driver = smtp\n  dkim_domain = example.org\n  dkim_selector = s1"},
    {"a transport without DKIM, where macros are asked for",
     {exim4Conf("DKIM_DOMAIN = example.org\n" +
                wholeWith(".ifdef NO_SUCH_MACRO\n  dkim_domain = example.org\n.endif\nother:\n  driver = smtp\n"
                          ".ifdef DKIM_DOMAIN\ndkim_domain = DKIM_DOMAIN\n.endif\n"))},
     LintCode::eximTransportUnsigned,
     8,
     "  dkim_domain = DKIM_DOMAIN"},
    {"a signing transport that no router uses",
     {exim4Conf("begin routers\nout:\n  driver = dnslookup\n  transport = lost\nbegin transports\nremote:\n"
                "  driver = smtp\n  dkim_domain = example.org\n")},
     LintCode::eximTransportUnused,
     8,
     ""},
    {"no key in the transport",
     {exim4Conf(wholeWith("  dkim_domain = example.org\n  dkim_selector = s1\n"))},
     LintCode::eximIncomplete,
     8,
     "  dkim_private_key = "},
    {"DKIM in a mailbox",
     {exim4Conf(wholeWith("box:\n  driver = appendfile\n  dkim_domain = example.org\n"))},
     LintCode::eximMisplaced,
     10,
     "#   dkim_domain"},
    {"DKIM in a router",
     {exim4Conf("begin routers\nout:\n  driver = dnslookup\n  dkim_domain = example.org\n  transport = remote\n")},
     LintCode::eximMisplaced,
     4,
     "#"},
    {"what exim -bP transports prints",
     {{"", "remote_smtp transport:\ndriver = smtp\ndkim_domain = ${domain:$h_from:}\ndkim_private_key = "
           "/etc/dkim/$dkim_domain.pem\ndkim_selector = s1\n\nsmart transport:\ndriver = smtp\ndkim_domain = \n"}},
     LintCode::eximTransportUnsigned,
     8,
     "dkim_selector = s1"},
    {"exim -bP, a tainted path",
     {{"", "remote_smtp transport:\ndriver = smtp\ndkim_domain = ${domain:$h_from:}\ndkim_private_key = "
           "/etc/dkim/$dkim_domain.pem\n"}},
     LintCode::eximTaintedKeyPath,
     4,
     "dsearch"},
    {"a transport alone",
     {{"", "remote_smtp:\n  driver = smtp\n  dkim_domain = example.org\n  dkim_selector = s1\n"}},
     LintCode::eximIncomplete,
     3,
     "dkim_private_key"},
    {"a smarthost's transport",
     {{"update-exim4.conf.conf", "dc_eximconfig_configtype='smarthost'\n"},
      {"exim4.conf.template", "begin transports\nremote_smtp_smarthost:\n  driver = smtp\n"}},
     LintCode::eximSmarthost,
     3,
     "  driver = smtp\n.ifdef DKIM_DOMAIN\n  dkim_domain = DKIM_DOMAIN"},
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
    {"local:",
     {mainCf("smtpd_milters = local:opendkim/opendkim.sock\n")},
     LintCode::postfixSocketSyntax,
     1,
     "unix:opendkim"},
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

std::string listed(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const LintFinding& finding : findings) {
        text.append(toString(finding.code)).append(" ").append(std::to_string(finding.line)).append("\n");
    }
    return text;
}

} // namespace

TEST(Lint, findsEachFaultAndSaysWhatShouldStandThere) {
    for (const Fault& fault : faults) {
        const auto findings = lint(fault.files);
        const auto found = std::ranges::find_if(findings, [&fault](const LintFinding& finding) {
            return finding.code == fault.code && finding.line == fault.line &&
                   finding.mended.find(fault.mended) != std::string::npos;
        });
        EXPECT_NE(found, findings.end()) << fault.what << ":\n" << listed(findings);
    }
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
