#include "dovecot.h"

#include "live/mailboxname.h"
#include "support/dnsserver.h"

#include <filesystem>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>

namespace sealwright::test {
namespace {

namespace fs = std::filesystem;

/// Dovecot reads no mail as root; any other user can only be themselves.
struct Owner {
    uid_t user = geteuid();
    gid_t group = getegid();

    Owner() {
        if (const passwd* mail = geteuid() == 0 ? getpwnam("mail") : nullptr) {
            user = mail->pw_uid;
            group = mail->pw_gid;
        }
    }
    void take(const fs::path& path) const {
        if (chown(path.c_str(), user, group) != 0) {
            throw std::runtime_error("can't give away " + path.string());
        }
    }
};

std::string withoutRoot() {
    if (geteuid() == 0) {
        return {};
    }
    const std::string user = getpwuid(geteuid())->pw_name;
    const std::string group = getgrgid(getegid())->gr_name;
    return "default_internal_user = " + user + "\ndefault_login_user = " + user +
           "\ndefault_internal_group = " + group +
           "\nservice anvil {\n  chroot =\n}\nservice imap-login {\n  chroot =\n}\n";
}

std::uint16_t freePort() {
    return DnsServer().address().port;
}

} // namespace

Dovecot::Dovecot(const TestCertificate& certificate) : ports_{freePort(), freePort()} {
    fs::permissions(folder_.path(), fs::perms(0711));
    makeMaildir("Maildir");
    makeMaildir("Maildir/.Unwanted");
    static_cast<void>(folder_.write("server.pem", certificate.pem() + certificate.keyPem()));
    static_cast<void>(folder_.write("users", std::string(user) + ":{PLAIN}" + std::string(password) + "\n"));
    daemon_ =
        std::make_unique<Daemon>(std::vector<std::string>{"/usr/sbin/dovecot", "-F", "-c",
                                                          folder_.write("dovecot.conf", configuration()).string()},
                                 "starting up");
}

std::string Dovecot::configuration() const {
    const Owner owner;
    const std::string folder = folder_.path().string();
    return "protocols = imap\n"
           "base_dir = " +
           folder +
           "/run\n"
           "state_dir = " +
           folder +
           "/run\n"
           "log_path = /dev/stderr\n"
           "listen = 127.0.0.1\n"
           "ssl = required\n"
           "ssl_cert = <" +
           folder +
           "/server.pem\n"
           "ssl_key = <" +
           folder +
           "/server.pem\n"
           "mail_location = maildir:" +
           folder +
           "/Maildir\n"
           "first_valid_uid = 1\n"
           "first_valid_gid = 1\n"
           "auth_failure_delay = 0\n"
           "passdb {\n  driver = passwd-file\n  args = " +
           folder +
           "/users\n}\n"
           "userdb {\n  driver = static\n  args = uid=" +
           std::to_string(owner.user) + " gid=" + std::to_string(owner.group) + " home=" + folder +
           "\n}\n"
           "namespace inbox {\n"
           "  inbox = yes\n"
           "  separator = /\n"
           "  mailbox Unwanted {\n"
           "    special_use = \\Junk\n"
           "  }\n"
           "}\n"
           "service imap-login {\n"
           "  inet_listener imap {\n    port = " +
           std::to_string(ports_[0]) +
           "\n  }\n"
           "  inet_listener imaps {\n    port = " +
           std::to_string(ports_[1]) +
           "\n    ssl = yes\n  }\n"
           "}\n" +
           withoutRoot();
}

void Dovecot::makeMaildir(const std::string& name) const {
    const Owner owner;
    for (const char* part : {"", "/new", "/cur", "/tmp"}) {
        const fs::path path = folder_.path() / (name + part);
        fs::create_directories(path);
        owner.take(path);
    }
}

void Dovecot::deliverTo(const std::string& folder, std::string_view message) {
    const std::string name = "Maildir/." + encodeMailboxName(folder); // As Dovecot has it on disk, too.
    makeMaildir(name);
    put(name, message);
}

void Dovecot::put(const std::string& folder, std::string_view message) {
    const std::string name = std::to_string(++delivered_) + ".test";
    const fs::path made = folder_.write(folder + "/tmp/" + name, message);
    Owner().take(made);
    fs::rename(made, folder_.path() / folder / "new" / name);
}

// What was looked at for changing is moved from new/ to cur/.
std::size_t Dovecot::unread() const {
    std::size_t count = 0;
    for (const char* folder : {"Maildir/new", "Maildir/.Unwanted/new"}) {
        count += static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path() / folder), {}));
    }
    return count;
}

} // namespace sealwright::test
