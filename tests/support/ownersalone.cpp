#include "support/ownersalone.h"

#ifdef _WIN32
#include <array>
#include <windows.h>
// after windows.h
#include <aclapi.h>
#else
#include <sys/stat.h>
#endif

namespace sealwright::test {

#ifdef _WIN32

namespace {

struct Sid {
    alignas(SID) std::array<char, SECURITY_MAX_SID_SIZE> octets{};

    [[nodiscard]] void* get() { return octets.data(); }
};

Sid user() {
    HANDLE token = nullptr;
    OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token);
    alignas(TOKEN_USER) std::array<char, sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE> known{};
    DWORD size = 0;
    Sid sid;
    if (GetTokenInformation(token, TokenUser, known.data(), DWORD{known.size()}, &size) != 0) {
        CopySid(DWORD{sid.octets.size()}, sid.get(), reinterpret_cast<TOKEN_USER*>(known.data())->User.Sid);
    }
    CloseHandle(token);
    return sid;
}

Sid theSystem() {
    Sid sid;
    DWORD size = sid.octets.size();
    CreateWellKnownSid(WinLocalSystemSid, nullptr, sid.get(), &size);
    return sid;
}

} // namespace

bool isOwnersAlone(const std::filesystem::path& path) {
    ACL* list = nullptr;
    void* descriptor = nullptr;
    std::wstring name = path.native();
    if (GetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, &list, nullptr,
                              &descriptor) != ERROR_SUCCESS) {
        return false;
    }
    Sid owner = user();
    Sid system = theSystem();
    bool alone = list != nullptr && list->AceCount > 0; // without a list everybody may
    for (DWORD i = 0; alone && i < list->AceCount; ++i) {
        void* entry = nullptr;
        GetAce(list, i, &entry);
        auto* const allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
        alone = allowed->Header.AceType == ACCESS_ALLOWED_ACE_TYPE &&
                (EqualSid(&allowed->SidStart, owner.get()) != 0 || EqualSid(&allowed->SidStart, system.get()) != 0);
    }
    LocalFree(descriptor);
    return alone;
}

#else

bool isOwnersAlone(const std::filesystem::path& path) {
    struct stat status {};
    return lstat(path.c_str(), &status) == 0 && (status.st_mode & 0077U) == 0;
}

#endif

} // namespace sealwright::test
