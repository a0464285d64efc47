#pragma once

#include "dns/answer.h"
#include "zone/zonefile.h"

#include <map>

namespace sealwright {

/// Records that stand in for those the DNS has at the same name and type. They deny nothing: what they don't hold is
/// for others to say.
class ZoneFragments {
public:
    explicit ZoneFragments(std::vector<ZoneFile::Record> records);

    /// Answers from the records, or says what remains to be asked: another question where a CNAME of them leads on.
    [[nodiscard]] std::optional<Question> answer(Answer& answer) const;

private:
    std::multimap<Question, ZoneFile::Record> records_;
};

} // namespace sealwright
