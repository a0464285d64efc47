#pragma once

#include <QStringList>
#include <QWidget>

namespace sealwright {

/// The steps of the wizard, and which one this is.
class StepsIndicator final : public QWidget {
    Q_OBJECT

public:
    explicit StepsIndicator(QStringList titles, QWidget* parent = nullptr);

    void setCurrent(int step);
    void setSkipped(int step, bool skipped);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList titles_;
    QList<int> skipped_;
    int current_ = 0;
};

} // namespace sealwright
