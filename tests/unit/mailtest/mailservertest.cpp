#include "mailtest/mailserver.h"

#include "support/fakeresolver.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

TEST(MailServer, KnowsThePortsAndHowTheyComeToTls) {
    const DomainName host = test::dnsName("mail.example.org");
    EXPECT_EQ(parseSubmissionServer("mail.example.org"), (MailServer{host, 587, MailSecurity::startTls}));
    EXPECT_EQ(parseSubmissionServer("Mail.Example.org:465"), (MailServer{host, 465, MailSecurity::tls}));
    EXPECT_EQ(parseSubmissionServer("mail.example.org:2525"), (MailServer{host, 2525, MailSecurity::startTls}));
    EXPECT_EQ(parseImapServer("mail.example.org"), (MailServer{host, 993, MailSecurity::tls}));
    EXPECT_EQ(parseImapServer("mail.example.org:143"), (MailServer{host, 143, MailSecurity::startTls}));
    EXPECT_EQ(parseImapServer("mail.example.org:9993"), (MailServer{host, 9993, MailSecurity::tls}));
}

TEST(MailServer, RefusesWhatIsNoServer) {
    for (const char* text : {"", "mail", "192.0.2.1", "joe@example.org", "https://mail.example.org", ":25"}) {
        EXPECT_FALSE(parseSubmissionServer(text)) << text;
    }
    for (const char* text : {"mail.example.org:", "mail.example.org:x", "mail.example.org:0", "mail.example.org:65536",
                             "mail.example.org:-1", "mail.example.org:25 "}) {
        EXPECT_EQ(parseImapServer(text).error().code, MailServerError::badPort) << text;
    }
}

} // namespace
} // namespace sealwright
