#include "fuzz.h"
#include "message/authresults.h"
#include "message/date.h"
#include "message/received.h"

// What receiving servers note: Received, Return-Path, Authentication-Results, dates.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    using fuzz::require;
    const std::string_view text = fuzz::Input(data, size).rest();

    const auto date = message::parseDate(text);
    require(!date || (*date > std::chrono::sys_days(std::chrono::year(-1) / 1 / 1) &&
                      *date < std::chrono::sys_days(std::chrono::year(10'001) / 1 / 1)));

    const auto received = message::Received::parse(text);
    require(received.helo.size() <= text.size() && received.by.size() <= text.size());
    require(!received.client || IpAddress::parse(received.client->toString()) == *received.client);

    const auto results = message::AuthenticationResults::parse(text);
    require(results.results.size() <= 101);
    for (const auto& result : results.results) {
        require(!result.method.empty() && result.method.size() <= text.size());
    }

    const auto delivery = message::deliveryOf(message::Header::parse(text),
                                              [](const DomainName& host) { return host.parent().value_or(host); });
    require(!delivery.hop || (delivery.hop->client && delivery.hop->client->isPublic()));
    return 0;
}
