#include "lint/lint.h"

#include "base/ascii.h"
#include "lint/rules.h"
#include "names/ipaddress.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr unsigned widestV4 = 8; // 10.0.0.0/8 is the widest network that anybody's own hosts are in.
constexpr unsigned widestV6 = 7; // fc00::/7

} // namespace

std::vector<Setting> Files::settings(FileKind kind) const {
    std::vector<Setting> settings;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (kinds[i] != kind) {
            continue;
        }
        switch (kind) {
        case FileKind::exim:
        case FileKind::eximDebian:
            std::ranges::move(eximSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::postfix:
            std::ranges::move(postfixSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::rspamd:
            std::ranges::move(rspamdSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::opendkim:
        case FileKind::keyTable:
        case FileKind::signingTable:
        case FileKind::trustedHosts:
        case FileKind::signNetworks:
            std::ranges::move(wordSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::eximTable:
        case FileKind::unknown:
            break;
        }
    }
    return settings;
}

std::optional<std::size_t> Files::first(FileKind kind) const {
    const auto found = std::ranges::find(kinds, kind);
    return found == kinds.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - kinds.begin()));
}

std::string assignment(std::string_view name, std::string_view value) {
    return std::string(name).append(" = ").append(value);
}

bool isAddedByLists(std::string_view field) {
    const std::string name = lowered(field);
    return name.starts_with("list-") || name.starts_with("resent-") || name == "sender";
}

const Setting* lastOf(const std::vector<Setting>& settings, std::string_view name) {
    const auto found = std::find_if(settings.rbegin(), settings.rend(),
                                    [name](const Setting& each) { return sameLetters(each.name, name); });
    return found == settings.rend() ? nullptr : &*found;
}

bool isYes(std::string_view value) {
    return sameLetters(value, "yes") || sameLetters(value, "true") || value == "1" || sameLetters(value, "on");
}

bool isNo(std::string_view value) {
    return sameLetters(value, "no") || sameLetters(value, "false") || value == "0" || sameLetters(value, "off");
}

bool takesInStrangers(std::string_view network) {
    const auto parsed = IpNetwork::parse(network);
    return parsed && parsed->prefixLength < (parsed->address.isV4() ? widestV4 : widestV6);
}

std::vector<std::string_view> wordsOf(std::string_view list, std::string_view separators) {
    std::vector<std::string_view> words;
    for (std::size_t at = list.find_first_not_of(separators); at != std::string_view::npos;) {
        const std::size_t end = std::min(list.find_first_of(separators, at), list.size());
        words.push_back(list.substr(at, end - at));
        at = list.find_first_not_of(separators, end);
    }
    return words;
}

std::vector<LintFinding> lint(std::span<const ServerFile> files) {
    Files read{files, {}};
    Findings findings;
    for (std::size_t i = 0; i < files.size(); ++i) {
        read.kinds.push_back(kindOf(files[i]));
        if (read.kinds.back() == FileKind::unknown) {
            findings.push_back({LintCode::unknownFile, i, 0, {}, {}, {}});
        }
    }
    lintExim(read, findings);
    lintPostfix(read, findings);
    lintOpendkim(read, findings);
    lintRspamd(read, findings);
    std::ranges::stable_sort(findings, {}, [](const LintFinding& each) { return std::pair(each.file, each.line); });
    return findings;
}

std::string_view toString(LintCode code) {
    switch (code) {
    case LintCode::unknownFile:
        return "unknownFile";
    case LintCode::eximTaintedKeyPath:
        return "eximTaintedKeyPath";
    case LintCode::eximDecodedFrom:
        return "eximDecodedFrom";
    case LintCode::eximSignsStrangers:
        return "eximSignsStrangers";
    case LintCode::eximListHeaders:
        return "eximListHeaders";
    case LintCode::eximFromOnce:
        return "eximFromOnce";
    case LintCode::eximStrict:
        return "eximStrict";
    case LintCode::eximLowerCaseMacro:
        return "eximLowerCaseMacro";
    case LintCode::eximDefinedTwice:
        return "eximDefinedTwice";
    case LintCode::eximBracesUnbalanced:
        return "eximBracesUnbalanced";
    case LintCode::eximIncomplete:
        return "eximIncomplete";
    case LintCode::eximFileIgnored:
        return "eximFileIgnored";
    case LintCode::eximOtherConfigRead:
        return "eximOtherConfigRead";
    case LintCode::eximSmarthost:
        return "eximSmarthost";
    case LintCode::postfixLocalMailUnsigned:
        return "postfixLocalMailUnsigned";
    case LintCode::postfixNoMilter:
        return "postfixNoMilter";
    case LintCode::postfixReencodes:
        return "postfixReencodes";
    case LintCode::postfixMilterDownStopsMail:
        return "postfixMilterDownStopsMail";
    case LintCode::postfixSocketOutsideChroot:
        return "postfixSocketOutsideChroot";
    case LintCode::postfixSocketSyntax:
        return "postfixSocketSyntax";
    case LintCode::postfixMiltersSwitchedOff:
        return "postfixMiltersSwitchedOff";
    case LintCode::postfixSetTwice:
        return "postfixSetTwice";
    case LintCode::postfixClaimsOriginating:
        return "postfixClaimsOriginating";
    case LintCode::opendkimVerifiesOnly:
        return "opendkimVerifiesOnly";
    case LintCode::opendkimSocketMismatch:
        return "opendkimSocketMismatch";
    case LintCode::opendkimSignsStrangers:
        return "opendkimSignsStrangers";
    case LintCode::opendkimSha1:
        return "opendkimSha1";
    case LintCode::opendkimEd25519Alone:
        return "opendkimEd25519Alone";
    case LintCode::opendkimFromOnce:
        return "opendkimFromOnce";
    case LintCode::opendkimSimpleHeader:
        return "opendkimSimpleHeader";
    case LintCode::opendkimUnsafeKeys:
        return "opendkimUnsafeKeys";
    case LintCode::opendkimTableWithoutRefile:
        return "opendkimTableWithoutRefile";
    case LintCode::opendkimKeyRowBroken:
        return "opendkimKeyRowBroken";
    case LintCode::opendkimKeyPathRelative:
        return "opendkimKeyPathRelative";
    case LintCode::opendkimKeyNameUnknown:
        return "opendkimKeyNameUnknown";
    case LintCode::opendkimKeyNameTwice:
        return "opendkimKeyNameTwice";
    case LintCode::opendkimListHeaders:
        return "opendkimListHeaders";
    case LintCode::rspamdParentDomain:
        return "rspamdParentDomain";
    case LintCode::rspamdOtherMailFrom:
        return "rspamdOtherMailFrom";
    case LintCode::rspamdOtherUser:
        return "rspamdOtherUser";
    case LintCode::rspamdDomainOfMailFrom:
        return "rspamdDomainOfMailFrom";
    case LintCode::rspamdFallback:
        return "rspamdFallback";
    case LintCode::rspamdLocalUnsigned:
        return "rspamdLocalUnsigned";
    case LintCode::rspamdAuthenticatedUnsigned:
        return "rspamdAuthenticatedUnsigned";
    case LintCode::rspamdSignsStrangers:
        return "rspamdSignsStrangers";
    case LintCode::rspamdKeyWithoutSelector:
        return "rspamdKeyWithoutSelector";
    }
    return {};
}

} // namespace sealwright::lint
