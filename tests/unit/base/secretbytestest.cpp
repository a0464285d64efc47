#include "base/secretbytes.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <new>
#include <type_traits>

namespace {

/// What freed memory held at its first octet, to see that it was wiped; the test looks only while it watches.
const void* watched = nullptr;
char lastOfWatched = 'x';

} // namespace

void* operator new[](std::size_t size) {
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete[](void* memory) noexcept {
    if (memory != nullptr && memory == watched) {
        lastOfWatched = *static_cast<const char*>(memory);
    }
    std::free(memory);
}

void operator delete[](void* memory, std::size_t /*size*/) noexcept {
    operator delete[](memory);
}

namespace sealwright {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);

class SecretBytesWiped : public testing::Test {
protected:
    SecretBytesWiped() { watched = secret.data(); }
    ~SecretBytesWiped() override { watched = nullptr; }

    SecretBytes secret{std::string_view("key")};
};

TEST_F(SecretBytesWiped, WhenFreed) {
    { const SecretBytes last = std::move(secret); }
    EXPECT_EQ(lastOfWatched, '\0');
}

TEST_F(SecretBytesWiped, WhenReplaced) {
    lastOfWatched = 'x';
    secret = SecretBytes(std::string_view("another"));
    EXPECT_EQ(lastOfWatched, '\0');
}

TEST_F(SecretBytesWiped, WhenTheyGrow) {
    lastOfWatched = 'x';
    secret.append(" and more");
    EXPECT_EQ(lastOfWatched, '\0');
    EXPECT_EQ(secret.view(), "key and more");
}

TEST_F(SecretBytesWiped, WhenTheyShrink) {
    lastOfWatched = 'x';
    secret.truncate(2);
    EXPECT_EQ(lastOfWatched, '\0');
    EXPECT_EQ(secret.view(), "ke");
}

TEST(SecretBytes, AreEmptyAfterTheyWereMovedFrom) {
    SecretBytes from(std::string_view("key"));
    const SecretBytes to = std::move(from);
    EXPECT_TRUE(from.empty()); // NOLINT(bugprone-use-after-move): that it is safe is the promise
    EXPECT_EQ(to.view(), "key");
}

TEST(SecretBytes, OfASizeAreZeroes) {
    const SecretBytes secret(std::size_t{3});
    EXPECT_EQ(secret.view(), std::string_view("\0\0\0", 3));
    EXPECT_TRUE(SecretBytes(std::size_t{0}).empty());
}

TEST(SecretBytes, CanBeAppendedToThemselves) {
    SecretBytes secret(std::string_view("ab"));
    secret.append(secret.view());
    EXPECT_EQ(secret.view(), "abab");
}

TEST(SecretBytes, AreNotLongerAfterTruncatingBeyondTheEnd) {
    SecretBytes secret(std::string_view("ab"));
    secret.truncate(5);
    EXPECT_EQ(secret.view(), "ab");
}

} // namespace
} // namespace sealwright
