#include "mta/filltemplate.h"
#include "mta/signingdomain.h"

namespace sealwright {

void addPostfixConfig(ConfigSet& set) {
    const std::string path = "/etc/postfix/main.cf";
    set.files.push_back({path, "root:root", 0644, plainTemplate("postfix-opendkim" + path), Placement::part});
}

} // namespace sealwright
