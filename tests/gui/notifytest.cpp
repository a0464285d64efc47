#include "gui/notify.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QWidget>
#include <gtest/gtest.h>

using namespace sealwright;

// Run with a session bus of its own: support/keyringsession.py.

namespace {

/// The desktop's service for notifications.
class Desktop final : public QDBusVirtualObject {
public:
    Desktop() {
        moveToThread(&thread_);
        thread_.start();
        EXPECT_TRUE(bus_.registerVirtualObject(QStringLiteral("/org/freedesktop/Notifications"), this));
        EXPECT_TRUE(bus_.registerService(QStringLiteral("org.freedesktop.Notifications")));
    }
    ~Desktop() override {
        QDBusConnection::disconnectFromBus(bus_.name());
        thread_.quit();
        thread_.wait();
    }

    QVariantList told; ///< The arguments of the last call, once `called` was released.
    QSemaphore called;

    QString introspect(const QString& /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        told = message.arguments();
        called.release();
        return connection.send(message.createReply(QVariantList{1U}));
    }

private:
    QDBusConnection bus_ = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
    QThread thread_;
};

} // namespace

TEST(Notify, TellsTheDesktopInPlainText) {
    Desktop desktop;
    QWidget window;
    notify(window, QStringLiteral("All is there"), QStringLiteral("<b>example.org</b> & more"));
    ASSERT_TRUE(QTest::qWaitFor([&desktop] { return desktop.called.tryAcquire(); }, 20'000));
    ASSERT_EQ(desktop.told.size(), 8) << "as the specification has them";
    EXPECT_EQ(desktop.told[0].toString(), QStringLiteral("Sealwright"));
    EXPECT_EQ(desktop.told[3].toString(), QStringLiteral("All is there"));
    EXPECT_EQ(desktop.told[4].toString(), QStringLiteral("&lt;b&gt;example.org&lt;/b&gt; &amp; more"));
}

TEST(Notify, DoesNoHarmWhereNobodyListens) {
    QWidget window;
    notify(window, QStringLiteral("All is there"), QStringLiteral("example.org"));
    QTest::qWait(200); // the answer that there is no such service
    auto gone = std::make_unique<QWidget>();
    notify(*gone, QStringLiteral("All is there"), QStringLiteral("example.org"));
    gone.reset();
    QTest::qWait(200);
}
