#include "fault.h"

using namespace sealwright;
using namespace sealwright::lint;
using namespace sealwright::test;

namespace {

const std::string table = "k example.org:s1:/etc/dkimkeys/s1.private\n";

ServerFile keyTable() {
    return {"/etc/opendkim/KeyTable", table};
}
ServerFile listing(std::string text) {
    return {"", std::move(text)};
}
ServerFile key(std::string path, unsigned mode, std::string owner, std::string group, int bits = 2048) {
    return {std::move(path), {}, FileAccess{mode, std::move(owner), std::move(group)}, KeySeen{KeyType::rsa, bits}};
}
ServerFile folder(std::string path, unsigned mode, std::string owner, std::string group) {
    ServerFile file{std::move(path), {}, FileAccess{mode, std::move(owner), std::move(group)}};
    file.isFolder = true;
    return file;
}

/// As it lies on servers, read there or pasted.
const std::vector<Fault> faults = {
    {"ls -l, a key for all",
     {listing("# ls -l /etc/dkimkeys\ntotal 4\n-rw-r--r-- 1 opendkim opendkim 1704 Nov 28 10:22 s1.private\n")},
     LintCode::keyReadableByAll,
     3,
     "chmod 0600 /etc/dkimkeys/s1.private"},
    {"ls -lR, two folders",
     {listing("/etc/dkimkeys:\ntotal 8\ndrwxr-x--- 2 root opendkim 4096 Nov 28  2025 example.org\n\n"
              "/etc/dkimkeys/example.org:\ntotal 4\n-rw-r--r--. 1 root root 1704 2025-11-28 10:22 s1.private\n")},
     LintCode::keyReadableByAll,
     7,
     "chown root:opendkim /etc/dkimkeys/example.org/s1.private && chmod 0640 /etc/dkimkeys/example.org/s1.private"},
    {"stat",
     {listing(
         "  File: /etc/exim4/dkim/example.org.pem\n  Size: 1704\tBlocks: 8\nDevice: 8,1\tInode: 5\tLinks: 1\n"
         "Access: (0600/-rw-------)  Uid: (    0/    root)   Gid: (    0/    root)\nAccess: 2026-11-28 10:22:11\n")},
     LintCode::keyUnreadable,
     4,
     "chown root:Debian-exim /etc/exim4/dkim/example.org.pem"},
    {"stat -c '%A %U %G %n'",
     {listing("-rw------- root root /etc/rspamd/dkim/example.org.dkim.key\n")},
     LintCode::keyUnreadable,
     1,
     "chown root:_rspamd"},
    {"a listing without its folder, beside the table",
     {keyTable(), listing("-rw------- 1 root root 1704 Nov 28 10:22 s1.private\n")},
     LintCode::keyUnreadable,
     1,
     "opendkim"},
    {"the group writes",
     {listing("/etc/dkimkeys:\n-rw-rw---- 1 opendkim opendkim 1704 Nov 28 10:22 s1.private\n")},
     LintCode::keyWritableByOthers,
     2,
     "chmod 0600"},
    {"a folder for all",
     {listing("/etc/dkimkeys:\ntotal 4\ndrwxrwxrwx 2 root root 4096 Nov 28 10:22 .\ndrwxr-xr-x 90 root root 4096 Nov "
              "28 10:22 "
              "..\n-rw------- 1 opendkim opendkim 1704 Nov 28 10:22 s1.private\n")},
     LintCode::keyFolderOpen,
     3,
     "chmod go-w /etc/dkimkeys"},
    {"a folder above for its group",
     {folder("/etc/exim4", 0775, "root", "admins"), key("/etc/exim4/dkim/a.pem", 0640, "root", "Debian-exim")},
     LintCode::keyFolderOfGroup,
     0,
     "chmod go-w /etc/exim4"},
    {"a folder of root alone",
     {folder("/etc/exim4/dkim", 0700, "root", "root"), key("/etc/exim4/dkim/a.pem", 0640, "root", "Debian-exim")},
     LintCode::keyFolderClosed,
     0,
     "chown root:Debian-exim /etc/exim4/dkim && chmod 0750 /etc/exim4/dkim"},
    {"a name for /bin/sh",
     {key("/etc/dkimkeys/it's.private", 0644, "opendkim", "opendkim")},
     LintCode::keyReadableByAll,
     0,
     "'/etc/dkimkeys/it'\\''s.private'"},
    {"the table names what is not there",
     {keyTable(), listing("/etc/dkimkeys:\n-rw------- 1 opendkim opendkim 1704 Nov 28 10:22 s2.private\n")},
     LintCode::keyMissing,
     1,
     ""},
    {"nobody names what is there",
     {keyTable(), listing("/etc/dkimkeys:\n-rw------- 1 opendkim opendkim 1704 Nov 28 10:22 s2.private\n")},
     LintCode::keyUnused,
     2,
     ""},
    {"exim's table of selectors names what is not there",
     {{"/etc/exim4/exim4.conf.localmacros",
       "DKIM_SELECTOR = ${lookup{$dkim_domain}lsearch{/etc/exim4/dkim/selectors}{$value}}\nDKIM_PRIVATE_KEY = "
       "${lookup{$dkim_selector.pem}dsearch,ret=full{/etc/exim4/dkim/$dkim_domain}{$value}{0}}\n"},
      {"/etc/exim4/dkim/selectors", "example.org: s1 : s2\n"},
      key("/etc/exim4/dkim/example.org/s1.pem", 0640, "root", "Debian-exim")},
     LintCode::keyMissing,
     1,
     ""},
    {"rspamd names what is not there",
     {{"/etc/rspamd/local.d/dkim_signing.conf",
       "domain { example.org { path = \"/etc/rspamd/dkim/a.key\"; selector = \"a\"; } }\n"},
      folder("/etc/rspamd/dkim", 0750, "root", "_rspamd")},
     LintCode::keyMissing,
     1,
     ""},
    {"768 bits", {key("/k/dkim/a.pem", 0600, "root", "root", 768)}, LintCode::keyTooShort, 0, ""},
    {"1024 bits", {key("/k/dkim/a.pem", 0600, "root", "root", 1024)}, LintCode::keyShort, 0, ""},
};

} // namespace

TEST(KeyFile, findsEachFaultAndSaysWhatToDo) {
    expectFound(faults);
}

TEST(KeyFile, leavesAloneWhatIsRight) {
    const std::vector<std::vector<ServerFile>> right = {
        {keyTable(), folder("/etc/dkimkeys", 0700, "opendkim", "opendkim"),
         key("/etc/dkimkeys/s1.private", 0600, "opendkim", "opendkim")},
        {keyTable(), folder("/etc/dkimkeys", 0750, "root", "opendkim"),
         key("/etc/dkimkeys/s1.private", 0640, "root", "opendkim")},
        {key("/etc/exim4/dkim/example.org/s1.pem", 0640, "root", "Debian-exim"),
         folder("/etc/exim4", 0755, "root", "root")},
        {folder("/tmp", 01777, "root", "root"), key("/tmp/exim4/dkim/s1.pem", 0640, "root", "Debian-exim")},
        {key("/etc/exim4/exim.key", 0640, "root", "Debian-exim"), keyTable()}, // of TLS: no table has it
        {listing("lrwxrwxrwx 1 root root 12 Nov 28 10:22 s1.private -> /srv/s1.private\n"
                 "-rw-r--r-- 1 root root 400 Nov 28 10:22 s1.txt\n")},
    };
    for (const auto& files : right) {
        EXPECT_EQ(listed(lint::lint(files)), "") << files.front().name;
    }
}

TEST(KeyFile, doesNotJudgeACopy) {
    ServerFile file{"/home/me/dkimkeys/s1.private", {}, std::nullopt, KeySeen{KeyType::rsa, 2048}};
    file.isCopy = true;
    EXPECT_EQ(listed(lint::lint(std::vector{file})), "accessNotJudged 0\n");
}

TEST(KeyFile, neverShowsAKey) {
    const std::string secret(300, 'M');
    const std::vector<ServerFile> files = {
        {"KeyTable", "k example.org:s1:" + secret + "\n"},
        {"", "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n"}};
    const std::vector<LintFinding> findings = lint::lint(files);
    EXPECT_FALSE(findings.empty());
    for (const LintFinding& finding : findings) {
        for (const std::string& part : {finding.text, finding.mended, finding.subject}) {
            EXPECT_EQ(part.find("MMMM"), std::string::npos) << toString(finding.code);
        }
    }
}
