#include "live/turns.h"

#include <gtest/gtest.h>
#include <string>

namespace sealwright {
namespace {

TEST(Turns, AreSoManyAtEachServer) {
    Turns<std::string> turns(2);
    EXPECT_TRUE(turns.take("a"));
    EXPECT_TRUE(turns.take("a"));
    EXPECT_FALSE(turns.take("a"));
    EXPECT_TRUE(turns.take("b"));
    turns.give("a");
    EXPECT_TRUE(turns.take("a"));
    EXPECT_FALSE(turns.take("a"));
}

TEST(Turns, AreSoManyInAll) {
    Turns<std::string> turns(2, 3);
    EXPECT_TRUE(turns.take("a"));
    EXPECT_TRUE(turns.take("b"));
    EXPECT_TRUE(turns.take("c"));
    EXPECT_FALSE(turns.take("d"));
    turns.give("b");
    EXPECT_TRUE(turns.take("d"));
}

} // namespace
} // namespace sealwright
