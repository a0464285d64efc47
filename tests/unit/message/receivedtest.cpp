#include "message/received.h"

#include <gtest/gtest.h>

namespace sealwright::message {
namespace {

struct Case {
    std::string_view why, value, helo, reverseName, client, by;
};

const Case cases[] = {
    {"Postfix",
     " from mail.example.org (host.example.net [192.0.2.1])\r\n\tby mx.example.com (Postfix) with ESMTPS id 1\r\n\t"
     "for <me@example.com>; Fri, 27 Nov 2026 17:00:54 +0100 (CET)",
     "mail.example.org", "host.example.net", "192.0.2.1", "mx.example.com"},
    {"Postfix, no reverse name", "from mail.example.org (unknown [IPv6:2001:db8::1]) by mx.example.com; x",
     "mail.example.org", "", "2001:db8::1", "mx.example.com"},
    {"exim",
     "from host.example.net ([192.0.2.1] helo=mail.example.org)\r\n\tby mx.example.com with esmtps (TLS1.3) tls X\r\n"
     "\t(Exim 4.96)\r\n\t(envelope-from <joe@example.org>)\r\n\tid 1; Fri, 27 Nov 2026 17:00:54 +0100",
     "mail.example.org", "host.example.net", "192.0.2.1", "mx.example.com"},
    {"exim, the same name", "from mail.example.org ([192.0.2.1]) by mx.example.com with esmtp; x", "mail.example.org",
     "", "192.0.2.1", "mx.example.com"},
    {"exim, an address as HELO", "from [198.51.100.7] (port=1234 helo=[10.0.0.1]) by mx.example.com; x", "[10.0.0.1]",
     "", "198.51.100.7", "mx.example.com"},
    {"Gmail",
     "from mail.example.org (mail.example.org. [192.0.2.1]) by mx.google.com with ESMTPS id 1 "
     "(version=TLS1_3 cipher=X bits=256/256); Fri, 27 Nov 2026 08:00:54 -0800 (PST)",
     "mail.example.org", "mail.example.org", "192.0.2.1", "mx.google.com"},
    {"Exchange",
     "from mail.example.org (192.0.2.1) by DB5.mail.protection.outlook.com\r\n (10.167.8.1) with Microsoft SMTP "
     "Server (version=TLS1_3) id 15.20 via Frontend Transport; Fri, 27 Nov 2026 16:00:54 +0000",
     "mail.example.org", "", "192.0.2.1", "DB5.mail.protection.outlook.com"},
    {"qmail",
     "from unknown (HELO mail.example.org) (192.0.2.1) by mx.example.com with SMTP; 27 Nov 2026 16:00:54 -0000",
     "mail.example.org", "", "192.0.2.1", "mx.example.com"},
    {"sendmail",
     "from mail.example.org (host.example.net [192.0.2.1] (may be forged)) by mx.example.com (8.15.2/8.15.2) "
     "with ESMTP id 1; Fri, 27 Nov 2026 17:00:54 +0100",
     "mail.example.org", "", "192.0.2.1", "mx.example.com"},
    {"made on the server", "by mx.example.com (Postfix, from userid 0)\r\n\tid 1; Fri, 27 Nov 2026 17:00:54 +0100", "",
     "", "", "mx.example.com"},
    {"an IPv4-mapped address", "from a.example (b.example [::ffff:192.0.2.1]) by c.example; x", "a.example",
     "b.example", "192.0.2.1", "c.example"},
    {"nothing", "", "", "", "", ""},
    {"marks only", "((((;;;[[[", "", "", "", ""},
    {"an open bracket", "from [ ([) by ]", "[", "", "", "]"},
};

TEST(Received, IsReadAsEachMailServerWritesIt) {
    for (const Case& each : cases) {
        SCOPED_TRACE(each.why);
        const Received received = Received::parse(each.value);
        EXPECT_EQ(received.helo, each.helo);
        EXPECT_EQ(received.reverseName, each.reverseName);
        EXPECT_EQ(received.client ? received.client->toString() : "", each.client);
        EXPECT_EQ(received.by, each.by);
    }
    EXPECT_EQ(Received::parse(cases[0].value).time, Received::parse(cases[2].value).time);
    EXPECT_TRUE(Received::parse(cases[0].value).time);
}

Delivery delivery(std::string_view header) {
    return deliveryOf(Header::parse(header),
                      [](const DomainName& host) { return host.labels().size() > 2 ? *host.parent() : host; });
}

TEST(Delivery, TakesTheTopmostHopFromOutside) {
    const Delivery gmail =
        delivery("Delivered-To: me@gmail.com\nReceived: by 2002:a05:6402:1:b0:1 with SMTP id x; y\n"
                 "Return-Path: <joe@example.org>\n"
                 "Received: from mail.example.org (mail.example.org. [8.8.8.8]) by mx.google.com; y\n"
                 "Received: from forged.example (forged.example [203.0.113.1]) by mail.example.org; y\n");
    ASSERT_TRUE(gmail.hop);
    EXPECT_EQ(gmail.mailFrom, "joe@example.org");
    const Delivery own =
        delivery("Return-Path: <>\nReceived: from localhost (localhost [127.0.0.1]) by mx.example.com; y\n"
                 "Received: from filter (filter.lan [10.0.0.7]) by mx.example.com; y\n"
                 "Received: from relay.example.com (relay.example.com [8.8.4.4]) by mx.example.com; y\n"
                 "Received: from mail.example.org (mail.example.org [8.8.8.8]) by relay.example.com; y\n");
    ASSERT_TRUE(own.hop);
    EXPECT_EQ(own.hop->helo, "mail.example.org");
    EXPECT_EQ(own.mailFrom, "");
    EXPECT_FALSE(delivery("From: a\n").hop);
    EXPECT_FALSE(delivery("From: a\n").mailFrom);
    EXPECT_FALSE(delivery("Received: from a.lan (a.lan [10.0.0.1]) by b.lan; y\n").hop);
}

// Whoever says HELO in the receiver's name is not believed: below its hop everything is the sender's own text.
TEST(Delivery, BelievesNoHelo) {
    const std::string forged = "Received: from mail.example.org (mail.example.org [8.8.4.4]) by mx.example.com; y\n";
    for (const char* real : {"Received: from mx2.example.com (unknown [8.8.8.8]) by mx.example.com; y\n",
                             "Received: from [8.8.8.8] (helo=mx.example.com) by mx.example.com; y\n",
                             "Received: from a (mx.example.com [8.8.8.8] (may be forged)) by mx.example.com; y\n",
                             "Received: from mx.example.com ([8.8.8.8]) by mx.example.com; y\n"}) {
        const Delivery found = delivery(real + forged);
        ASSERT_TRUE(found.hop) << real;
        EXPECT_EQ(found.hop->client->toString(), "8.8.8.8") << real;
    }
}

TEST(Delivery, PassesTheHopsWithinExchangeOnline) {
    const Delivery found =
        delivery("Received: from DB5EUR.mail.protection.outlook.com (2603:10a6:10:6::27) by "
                 "DB6P.outlook.office365.com with Microsoft SMTP Server; y\n"
                 "Received: from mail.example.org (8.8.8.8) by DB5EUR.mail.protection.outlook.com; y\n");
    ASSERT_TRUE(found.hop);
    EXPECT_EQ(found.hop->client->toString(), "8.8.8.8");
}

} // namespace
} // namespace sealwright::message
