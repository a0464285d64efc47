#include "mta/filltemplate.h"
#include "mta/signingdomain.h"

namespace sealwright {

void addPostfixConfig(ConfigSet& set) {
    const std::string path = "/etc/postfix/main.cf";
    const auto name = std::string(toString(set.stack)) + path;
    set.files.push_back({path, "root:root", 0644, plainTemplate(name), Placement::part});
}

} // namespace sealwright
