#include "base/base64.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace std::string_view_literals;

struct Vector {
    std::string_view octets;
    std::string_view text;
};

TEST(Base64, EncodesAndDecodesTheVectorsOfRfc4648) {
    for (const auto& [octets, text] :
         {Vector{"", ""}, Vector{"f", "Zg=="}, Vector{"fo", "Zm8="}, Vector{"foo", "Zm9v"}, Vector{"foob", "Zm9vYg=="},
          Vector{"fooba", "Zm9vYmE="}, Vector{"foobar", "Zm9vYmFy"}, Vector{"\xff\xfe\x00"sv, "//4A"}}) {
        EXPECT_EQ(base64Encode(octets), text);
        EXPECT_EQ(base64Decode(text), octets);
    }
}

TEST(Base64, ComesBackTheSameForEveryOctet) {
    std::string octets;
    for (int i = 0; i < 256; ++i) {
        octets += static_cast<char>(i);
        EXPECT_EQ(base64Decode(base64Encode(octets)), octets);
    }
}

TEST(Base64, AcceptsFoldingWhiteSpaceAnywhere) {
    EXPECT_EQ(base64Decode(" Zm9v\r\n\tYg = ="), "foob");
    EXPECT_EQ(base64Decode(" \t"), "");
}

TEST(Base64, IsNothingWhereTheTextIsNotBase64) {
    for (const std::string_view text : {"Z"sv, "Zg"sv, "Zg="sv, "Zg==="sv, "Zg==Zg=="sv, "Z=g="sv, "===="sv, "="sv,
                                        "Zm9v;"sv, "Zm9-"sv, "Zm9_"sv, "Zm9v\0"sv, "Zm9v\xc3\xa4"sv}) {
        EXPECT_FALSE(base64Decode(text)) << text;
    }
}

} // namespace
} // namespace sealwright
