#include "names/emailaddress.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

TEST(EmailAddress, KeepsTheCaseOfItsLocalPartAndNotOfItsDomain) {
    const auto address = EmailAddress::parse("Post.Master+dmarc@Example.ORG");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->localPart(), "Post.Master+dmarc");
    EXPECT_EQ(address->toString(), "Post.Master+dmarc@example.org");
}

TEST(EmailAddress, TakesEveryCharacterOfADotString) {
    EXPECT_TRUE(EmailAddress::parse("!#$%&'*+-/=?^_`{|}~@example.org"));
    EXPECT_TRUE(EmailAddress::parse(" " + std::string(64, 'a') + "@example.org "));
}

TEST(EmailAddress, TurnsItsDomainIntoALabels) {
    EXPECT_EQ(EmailAddress::parse("post@bücher.example")->toString(), "post@xn--bcher-kva.example");
}

TEST(EmailAddress, SaysWhichPartIsWrong) {
    EXPECT_EQ(EmailAddress::parse("a b@example.org").error(),
              (Problem<EmailAddressError>{EmailAddressError::badLocalPart, " ", 1}));
    EXPECT_EQ(EmailAddress::parse("ab@exa_mple.org").error(),
              (Problem<EmailAddressError>{EmailAddressError::badDomain, "_", 6}));
}

} // namespace
} // namespace sealwright
