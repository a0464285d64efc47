#include "mta/bundle.h"

#include "support/dnsserver.h"
#include "support/program.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

namespace fs = std::filesystem;
using test::dnsName;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string host = "mta-sts.example.org";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

/// A bundle's files for the web server, and a certificate for its name.
class WebServer : public testing::Test {
protected:
    WebServer() {
        Profile profile(dnsName("example.org"));
        profile.mailHost = dnsName("mail.example.org");
        profile.mtaSts = MtaSts{};
        RecordPlan plan = makePlan(profile, {});
        policy_ = plan.mtaStsPolicy.value().toString();
        const std::vector<BundleDomain> domains{{std::move(profile), std::move(plan)}};
        for (const BundleFile& file : bundleFiles(Stack::exim4Debian, domains)) {
            if (file.path.starts_with("files/web/") || file.path.starts_with("files/mta-sts/")) {
                fs::create_directories((folder_.path() / file.path).parent_path());
                static_cast<void>(folder_.write(file.path, file.content));
            }
            files_.push_back(file);
        }
        fs::permissions(folder_.path(), fs::perms(0755)); // Servers read it as somebody else.
        const auto made = test::run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                                     "-nodes", "-keyout", at("privkey.pem"), "-out", at("fullchain.pem"), "-days", "2",
                                     "-subj", "/CN=a test", "-addext", "subjectAltName=DNS:" + host});
        EXPECT_EQ(made.status, 0) << made.output;
    }

    [[nodiscard]] std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

    /// The configuration of the bundle with the paths of this test in it.
    [[nodiscard]] std::string configuration(std::string_view name) const {
        const auto file = std::ranges::find(files_, "files/web/" + std::string(name), &BundleFile::path);
        std::string text = replaced(file->content, "/etc/letsencrypt/live/" + host, folder_.path().string());
        return replaced(std::move(text), "/var/www/mta-sts", at("files/mta-sts"));
    }

    [[nodiscard]] std::string fetch(const std::string& path) const {
        return test::run({"curl", "-sS", "-i", "--max-time", "20", "--noproxy", "*", "--cacert", at("fullchain.pem"),
                          "--resolve", host + ":" + port_ + ":127.0.0.1", "https://" + host + ":" + port_ + path})
            .output;
    }

    void expectServed() const {
        const std::string answer = fetch("/.well-known/mta-sts.txt");
        EXPECT_THAT(answer.substr(0, answer.find('\r')), ::testing::ContainsRegex("^HTTP/[0-9.]+ 200"));
        EXPECT_THAT(replaced(answer, "Content-Type", "content-type"), HasSubstr("\ncontent-type: text/plain"));
        EXPECT_THAT(answer, EndsWith("\r\n\r\n" + policy_));
        EXPECT_THAT(fetch("/"), ::testing::Not(HasSubstr("version: STSv1")));
    }

    test::TemporaryFolder folder_;
    std::string policy_;
    std::vector<BundleFile> files_;
    std::string port_ = std::to_string(test::DnsServer().address().port);
};

TEST_F(WebServer, nginxServesThePolicy) {
    if (!test::isInstalled("nginx")) {
        GTEST_SKIP() << "there is no nginx";
    }
    std::string server = replaced(configuration("nginx.conf"), "listen 443 ssl", "listen 127.0.0.1:" + port_ + " ssl");
    server = replaced(std::move(server), "    listen [::]:443 ssl;\n", "");
    const std::string main = folder_
                                 .write("nginx.conf", "daemon off;\npid " + at("pid") +
                                                          ";\nerror_log stderr notice;\nevents { }\nhttp {\n"
                                                          "access_log off;\n" +
                                                          server + "}\n")
                                 .string();
    const auto checked = test::run({"nginx", "-t", "-e", "stderr", "-c", main});
    ASSERT_EQ(checked.status, 0) << checked.output;
    const test::Daemon daemon({"nginx", "-e", "stderr", "-c", main}, "start worker process");
    expectServed();
}

TEST_F(WebServer, apacheServesThePolicy) {
    if (!test::isInstalled("apache2")) {
        GTEST_SKIP() << "there is no apache2";
    }
    std::string main =
        "ServerRoot " + folder_.path().string() + "\nServerName localhost\nPidFile pid\nListen 127.0.0.1:" + port_ +
        "\nErrorLog /dev/stderr\nUser www-data\nGroup www-data\nDefaultRuntimeDir " + folder_.path().string() + "\n";
    for (const std::string module : {"mpm_event", "authz_core", "alias", "ssl"}) {
        main += "LoadModule " + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
    }
    main += "<Directory />\nRequire all denied\n</Directory>\n";
    const std::string file =
        folder_.write("apache.conf", main + replaced(configuration("apache.conf"), "*:443", "*:" + port_)).string();
    const auto checked = test::run({"apache2", "-t", "-f", file});
    ASSERT_EQ(checked.status, 0) << checked.output;
    const test::Daemon daemon({"apache2", "-D", "FOREGROUND", "-f", file}, "resuming normal operations");
    expectServed();
}

TEST_F(WebServer, caddyServesThePolicy) {
    if (!test::isInstalled("caddy")) {
        GTEST_SKIP() << "there is no caddy";
    }
    std::string site = configuration("Caddyfile");
    site =
        replaced(std::move(site), host + " {",
                 host + ":" + port_ + " {\n\tbind 127.0.0.1\n\ttls " + at("fullchain.pem") + " " + at("privkey.pem"));
    const std::string file =
        folder_.write("Caddyfile", "{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + site).string();
    const std::vector<std::string> arguments{"--config", file, "--adapter", "caddyfile"};
    const auto caddy = [&](const std::string& verb) {
        std::vector<std::string> command{"env", "HOME=" + folder_.path().string(), "caddy", verb};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return command;
    };
    const auto checked = test::run(caddy("validate"));
    ASSERT_EQ(checked.status, 0) << checked.output;
    const test::Daemon daemon(caddy("run"), "serving initial configuration");
    expectServed();
}

} // namespace
} // namespace sealwright
