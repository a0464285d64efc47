#pragma once

#include <QEvent>
#include <QKeyEvent>
#include <QObject>

#include <functional>

namespace sealwright {

/// Makes Return in some fields do what their own button does. Without it the wizard would take it for "Next".
class ReturnKey final : public QObject {
    Q_OBJECT

public:
    ReturnKey(std::initializer_list<QObject*> fields, std::function<void()> action, QObject* parent)
        : QObject(parent), action_(std::move(action)) {
        for (QObject* field : fields) {
            field->installEventFilter(this);
        }
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::KeyPress) {
            const int key = static_cast<QKeyEvent*>(event)->key();
            if (key == Qt::Key_Return || key == Qt::Key_Enter) {
                action_();
                return true;
            }
        }
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> action_;
};

} // namespace sealwright
