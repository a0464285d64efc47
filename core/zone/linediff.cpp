#include "zone/linediff.h"

#include <algorithm>

namespace sealwright {

namespace {

constexpr std::size_t shownAround = 2;

using Lines = std::vector<std::string_view>;
using Kind = DiffLine::Kind;

Lines linesOf(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

/// How many lines go and come until both texts go on alike.
std::pair<std::size_t, std::size_t> lengthOfChange(const Lines& before, std::size_t i, const Lines& after,
                                                   std::size_t j) {
    const std::size_t most = before.size() - i + after.size() - j;
    for (std::size_t both = 1; both < most; ++both) {
        for (std::size_t gone = 0; gone <= both; ++gone) {
            const std::size_t come = both - gone;
            if (i + gone < before.size() && j + come < after.size() && before[i + gone] == after[j + come]) {
                return {gone, come};
            }
        }
    }
    return {before.size() - i, after.size() - j};
}

class Diff {
public:
    explicit Diff(const Lines& before) : before_(before) {}

    /// The lines before this one, as far as they belong to the change here or to the one before.
    void showAround(std::size_t line) {
        const std::size_t end = std::min(before_.size(), line);
        const std::size_t behindLast = lines_.empty() ? 0 : std::min(end, unchangedFrom_ + shownAround);
        for (std::size_t i = unchangedFrom_; i < behindLast; ++i) {
            add(Kind::context, i, before_[i]);
        }
        for (std::size_t i = std::max(behindLast, end < shownAround ? 0 : end - shownAround); i < end; ++i) {
            add(Kind::context, i, before_[i]);
        }
    }
    void showEnd() {
        for (std::size_t i = unchangedFrom_;
             !lines_.empty() && i < std::min(before_.size(), unchangedFrom_ + shownAround); ++i) {
            add(Kind::context, i, before_[i]);
        }
    }
    void add(Kind kind, std::size_t index, std::string_view line) {
        while (line.ends_with('\n') || line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines_.push_back({kind, index + 1, std::string(line)});
    }
    void goOnFrom(std::size_t line) { unchangedFrom_ = line; }
    [[nodiscard]] std::vector<DiffLine> take() { return std::move(lines_); }

private:
    const Lines& before_;
    std::size_t unchangedFrom_ = 0; ///< Lines of the old text that are not shown yet.
    std::vector<DiffLine> lines_;
};

} // namespace

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after) {
    const Lines old = linesOf(before);
    const Lines now = linesOf(after);
    Diff diff(old);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < now.size()) {
        if (i < old.size() && j < now.size() && old[i] == now[j]) {
            ++i;
            ++j;
            continue;
        }
        const auto [gone, come] = lengthOfChange(old, i, now, j);
        diff.showAround(i);
        for (const std::size_t end = i + gone; i < end; ++i) {
            diff.add(Kind::removed, i, old[i]);
        }
        for (const std::size_t end = j + come; j < end; ++j) {
            diff.add(Kind::added, j, now[j]);
        }
        diff.goOnFrom(i);
    }
    diff.showEnd();
    return diff.take();
}

} // namespace sealwright
