#include "base/hardening.h"
#include "gui/messagewindow.h"
#include "gui/setupwizard.h"
#include "live/livecourier.h"
#include "live/livenetwork.h"
#include "live/unboundresolver.h"
#include "text/problemtext.h"
#include "vault/filevault.h"
#include "vault/keychainpasswords.h"
#include "vault/keychainvault.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTranslator>

#include <cstdio>

using namespace sealwright;
using namespace Qt::StringLiterals;

namespace {

struct Options {
    QString dataFolder;
    ResolverOptions resolver;
    NetworkOptions network;
    KeyPlace keyPlace = KeyPlace::keychain;
    QString keyFile;
    QString domain;
    QString messageFile; ///< A mail to judge; there is no domain then.
};

QString text(const char* sentence) {
    return QCoreApplication::translate("main", sentence);
}

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Sets up SPF, DKIM and DMARC for a mail domain."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"data-dir"_s, text("Where profiles are saved."), u"FOLDER"_s},
        {u"resolver"_s, text("Ask this DNS server instead of the system's; may be given several times."),
         u"ADDR[@PORT]"_s},
        {u"zone"_s, text("Answer this zone from a zone file; may be given several times."), u"FILE"_s},
        {u"offline"_s, text("Ask nobody but the zone files.")},
        {u"trust-anchor"_s, text("DNSSEC trust anchors, instead of the root's."), u"FILE"_s},
        {u"ca-file"_s, text("Trust the certificate authorities of this file instead of the system's."), u"FILE"_s},
        {u"timeout"_s, text("Longest wait for the DNS, and for a server's answers."), u"SECONDS"_s},
        {u"vault"_s, text("Where keys are kept: keychain, or file:PATH."), u"PLACE"_s, u"keychain"_s},
    });
    parser.addPositionalArgument(u"domain"_s, text("The domain to begin with."), u"[DOMAIN"_s);
    parser.addPositionalArgument(u"file"_s, text("Or a mail that was saved as a file (.eml), to judge it."),
                                 u"| FILE]"_s);
}

/// Desktops give the whole path. Without one a domain is meant, for a zone's file is often named like its domain.
bool isFileName(const QString& text) {
    return QDir::fromNativeSeparators(text).contains(u'/') || text.endsWith(".eml"_L1, Qt::CaseInsensitive);
}

/// Nothing where an option makes no sense; `problem` then tells.
std::optional<Options> readOptions(const QCommandLineParser& parser, QString& problem) {
    Options options;
    options.dataFolder = parser.isSet(u"data-dir"_s)
                             ? parser.value(u"data-dir"_s)
                             : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    for (const QString& server : parser.values(u"resolver"_s)) {
        const auto parsed = parseServer(server.toStdString());
        if (!parsed) {
            problem = problemText(parsed.error());
            return std::nullopt;
        }
        options.resolver.servers.push_back(*parsed);
    }
    for (const QString& zone : parser.values(u"zone"_s)) {
        options.resolver.zoneFiles.emplace_back(zone.toStdU16String());
    }
    options.resolver.offline = parser.isSet(u"offline"_s);
    if (parser.isSet(u"trust-anchor"_s)) {
        options.resolver.trustAnchors = parser.value(u"trust-anchor"_s).toStdU16String();
    }
    if (parser.isSet(u"timeout"_s)) {
        bool isNumber = false;
        const double seconds = parser.value(u"timeout"_s).toDouble(&isNumber);
        if (!isNumber || seconds <= 0 || seconds > 3600) {
            problem = text("--timeout takes a number of seconds.");
            return std::nullopt;
        }
        options.resolver.timeout = std::chrono::milliseconds(static_cast<long>(seconds * 1000));
    }
    if (parser.isSet(u"ca-file"_s)) {
        options.network.caFile = parser.value(u"ca-file"_s).toStdU16String();
    }
    options.network.timeout = options.resolver.timeout;
    options.network.offline = options.resolver.offline || !options.resolver.zoneFiles.empty();
    options.keyFile = QDir(options.dataFolder).filePath(u"keys.pem"_s);
    const QString vault = parser.value(u"vault"_s);
    if (vault.startsWith("file:"_L1)) {
        options.keyPlace = KeyPlace::file;
        options.keyFile = vault.mid(5);
    } else if (vault != "keychain"_L1) {
        problem = text("--vault takes keychain or file:PATH.");
        return std::nullopt;
    }
    if (!parser.isSet(u"vault"_s) && QFileInfo::exists(options.keyFile)) {
        options.keyPlace = KeyPlace::file; // it is only there because its owner chose it
    }
    const QString wanted = parser.positionalArguments().value(0);
    (isFileName(wanted) ? options.messageFile : options.domain) = wanted;
    return options;
}

std::shared_ptr<KeyVault> openKeyFile(const QString& path, SecretBytes passphrase) {
    const auto kept = std::make_shared<const SecretBytes>(std::move(passphrase));
    return std::make_shared<FileVault>(std::filesystem::path(path.toStdU16String()),
                                       [kept] { return std::optional(SecretBytes(kept->view())); });
}

int show(const Options& options, const WizardTools& tools) {
    SetupWizard wizard(tools);
    if (!options.messageFile.isEmpty()) {
        MessageWindow message(tools, options.messageFile);
        QObject::connect(&message, &MessageWindow::wizardWanted, &wizard, [&wizard] {
            wizard.show();
            wizard.activateWindow();
        });
        message.show();
        return QApplication::exec();
    }
    wizard.show();
    if (!options.domain.isEmpty()) {
        wizard.setDomain(options.domain);
    }
    return QApplication::exec();
}

int run(const Options& options) {
    auto resolver = UnboundResolver::create(options.resolver);
    if (!resolver && resolver.error().code == ResolverError::noSystemResolver) {
        // Keys and the bundle need no network; the pages say what the DNS could not tell.
        ResolverOptions offline = options.resolver;
        offline.offline = true;
        resolver = UnboundResolver::create(offline);
    }
    if (!resolver) {
        QMessageBox::critical(nullptr, u"Sealwright"_s, problemText(resolver.error()));
        return 3;
    }
    const auto network = LiveNetwork::create(options.network);
    if (!network) {
        QMessageBox::critical(nullptr, u"Sealwright"_s, problemText(network.error()));
        return 3;
    }
    const auto courier = LiveCourier::create(options.network);
    if (!courier) {
        QMessageBox::critical(nullptr, u"Sealwright"_s, problemText(courier.error()));
        return 3;
    }
    ProfileStore store{QDir(options.dataFolder)};
    const SystemClock clock;
    KeychainPasswords passwords;
    return show(options,
                {.store = store,
                 .resolver = **resolver,
                 .network = **network,
                 .courier = **courier,
                 .passwords = passwords,
                 .clock = clock,
                 .keychain = std::make_shared<KeychainVault>(),
                 .openKeyFile = [path = options.keyFile](
                                    SecretBytes passphrase) { return openKeyFile(path, std::move(passphrase)); },
                 .keyFilePath = options.keyFile,
                 .keyPlace = options.keyPlace,
                 .settingsPath = QDir(options.dataFolder).filePath(u"settings.ini"_s)});
}

/// --help and --version are answered where there is no display as well.
bool asksForText(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--help" || word == "-h" || word == "--version" || word == "-v") {
            return true;
        }
    }
    return false;
}

#ifdef Q_OS_WIN
// Windows' own style is for light windows. For dark ones Qt takes that of 1995, with boxes and circles filled in blue.
// In those of Fusion it could hardly be seen then whether they are chosen, and black on black not that they are there.
void drawDark() {
    QApplication::setStyle(u"Fusion"_s);
    QPalette grey;
    grey.setColor(QPalette::Base, QApplication::palette("QPushButton").color(QPalette::Button));
    for (const char* widget : {"QCheckBox", "QRadioButton"}) {
        QApplication::setPalette(grey, widget);
    }
}
#endif

} // namespace

int main(int argc, char** argv) {
    protectMemory();
    QCoreApplication::setApplicationName(u"sealwright"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    QCommandLineParser parser;
    addOptions(parser);
    if (asksForText(argc, argv)) {
        const QCoreApplication application(argc, argv);
        parser.process(application);
    }
    const QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(u"org.sealwright.Sealwright"_s);
#ifdef Q_OS_WIN
    if (QGuiApplication::palette().window().color().lightness() < 128) {
        drawDark();
    }
#endif
    QTranslator qtWords;
    if (qtWords.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qtWords);
    }
    parser.process(application);
    QString problem;
    const auto options = readOptions(parser, problem);
    if (!options) {
        std::fprintf(stderr, "sealwright: %s\n", qPrintable(problem));
        return 2;
    }
    return run(*options);
}
