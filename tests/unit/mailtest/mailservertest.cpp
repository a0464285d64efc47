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

TEST(MailServer, IsToldByItsSchemeHowToComeToTls) {
    const DomainName host = test::dnsName("mail.example.org");
    EXPECT_EQ(parseSubmissionServer("smtps://mail.example.org"), (MailServer{host, 465, MailSecurity::tls}));
    EXPECT_EQ(parseSubmissionServer("smtps://mail.example.org:4650"), (MailServer{host, 4650, MailSecurity::tls}));
    EXPECT_EQ(parseSubmissionServer("SMTP://mail.example.org"), (MailServer{host, 587, MailSecurity::startTls}));
    EXPECT_EQ(parseSubmissionServer("smtp://mail.example.org:465"), (MailServer{host, 465, MailSecurity::startTls}));
    EXPECT_EQ(parseImapServer("imap://mail.example.org"), (MailServer{host, 143, MailSecurity::startTls}));
    EXPECT_EQ(parseImapServer("imap://mail.example.org:1430"), (MailServer{host, 1430, MailSecurity::startTls}));
    EXPECT_EQ(parseImapServer("imaps://mail.example.org"), (MailServer{host, 993, MailSecurity::tls}));
    EXPECT_FALSE(parseSubmissionServer("imaps://mail.example.org"));
    EXPECT_FALSE(parseImapServer("smtp://mail.example.org"));
    EXPECT_EQ(parseSubmissionServer("smtps://mail.example.org:x").error(), problem(MailServerError::badPort, "x", 25));
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
