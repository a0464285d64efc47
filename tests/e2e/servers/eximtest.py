"""exim4 on Debian, set up by a bundle's install.sh: split and not, direct and through a smarthost."""

import os
import re
import subprocess

import scene
import server
import world
from scene import DOMAINS

ALGORITHMS = {
    "example.test": ("rsa2048", "ed25519"),
    "second.test": ("rsa2048",),
    "müller.test": ("rsa2048",),
}
CLASSIC = r"""# the old how-to
DKIM_CANON = relaxed
DKIM_SELECTOR = mail
DKIM_DOMAIN = ${lc:${domain:$h_from:}}
DKIM_FILE = /etc/exim4/dkim/${lc:${domain:$h_from:}}.pem
DKIM_PRIVATE_KEY = ${if exists{DKIM_FILE}\
    {DKIM_FILE}{0}}
"""


def setUpModule():
    server.set_up("exim4-debian", ALGORITHMS)


def tearDownModule():
    server.tear_down()


class EximBox(server.ServerTest):
    """A server with Debian's exim4."""

    split = "false"
    kind = "internet"

    def configure(self):
        self.box.write("/etc/exim4/update-exim4.conf.conf", f"""dc_eximconfig_configtype='{self.kind}'
dc_other_hostnames='{"example.test" if self.kind == "internet" else ""}'
dc_local_interfaces=''
dc_readhost='example.test'
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets=''
dc_smarthost='{world.RECEIVER if self.kind != "internet" else ""}'
CFILEMODE='644'
dc_use_split_config='{self.split}'
dc_hide_mailname='false'
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
""")
        self.box.write("/etc/aliases", "forward: someone@remote.test\n")
        self.box.run("update-exim4.conf")

    def start(self):
        self.box.run("service", "exim4", "start")
        self.box.wait_for_port(25)

    def send(self, sender, subject, body="Hello.\n"):
        """As cron or a web application does; exim delivers before it returns."""
        self.box.run("exim4", "-odf", "-f", "bounce@example.test", "someone@remote.test", data=server.message(sender, subject, body))
        return server.Shared.receiver.take(subject)


class EveryKindOfConfiguration:
    """What holds for all four kinds of Debian's configuration."""

    def test_signs_verifiably_and_goes_back_byte_for_byte(self):
        self.box.write("/etc/exim4/exim4.conf.localmacros", "MAIN_TLS_ENABLE = no\n")
        self.box.run("update-exim4.conf")
        self.start()
        before = self.box.snapshot()
        self.check_unsigned(self.send("a@example.test", "before"))

        self.box.install("check")
        self.check_same(before)

        self.box.install("install")
        self.assertIn("MAIN_TLS_ENABLE = no\n", self.box.read("/etc/exim4/exim4.conf.localmacros"))
        installed = self.box.snapshot()

        both = ("rsa-sha256", "ed25519-sha256")
        self.check_signed(self.send("a@example.test", "plain"), "example.test", both)
        self.check_signed(self.send("A <a@SECOND.Test>", "upper case"), "second.test")
        self.check_signed(self.send("=?utf-8?q?M=C3=BCller=2C_Jan?= <jan@xn--mller-kva.test>", "encoded name"), "xn--mller-kva.test")
        self.check_signed(self.send("root@www.second.test", "subdomain"), "second.test")
        self.check_signed(self.send("a@second.test", "eight bit", "Grüße\n.\n..\n From here\n\n\n"), "second.test")
        self.check_unsigned(self.send("a@other.test", "domain without a key"))
        self.check_unsigned(self.send("a@notsecond.test", "end of a name"))

        tested = self.box.install("test")
        for domain in DOMAINS:
            self.assertRegex(tested, rf"ok +{domain}: would be signed with selector (\w+) \(rsa\), .*\n"
                                     rf"ok +\1._domainkey.{domain} is published, and it is this key\n")

        again = self.box.install("install")
        self.assertIn("nothing to do", again)
        self.assertNotIn("reloaded", again)
        self.check_same(installed)

        self.box.install("rollback")
        self.check_same(before)
        self.check_unsigned(self.send("a@example.test", "after"))


class Direct(EveryKindOfConfiguration, EximBox):
    pass


class DirectSplit(EveryKindOfConfiguration, EximBox):
    split = "true"


class Smarthost(EveryKindOfConfiguration, EximBox):
    kind = "smarthost"


class SmarthostSplit(EveryKindOfConfiguration, EximBox):
    kind = "smarthost"
    split = "true"


del EveryKindOfConfiguration  # Has no box of its own.


class SmarthostDeclined(EximBox):
    kind = "satellite"

    def test_says_what_it_means_and_leaves_the_transport_alone(self):
        template = self.box.read("/etc/exim4/exim4.conf.template")
        self.assertIn("sends through a smarthost", self.box.install("check"))
        self.box.install("install", "--no-smarthost-signing")
        self.assertEqual(self.box.read("/etc/exim4/exim4.conf.template"), template)
        self.check_unsigned(self.send("a@example.test", "declined"))


class Installer(EximBox):
    def test_is_portable(self):
        self.check_script()


class Published(EximBox):
    def test_key_in_the_dns_that_is_another_is_named(self):
        self.box.install("install")
        self.box.write("/etc/resolv.conf", f"nameserver {world.WRONG_DNS}\n")
        bad = {name: re.sub("p=[A-Za-z0-9+/]{20}", "p=" + 20 * "A", text) for name, text in server.Shared.zones.items()}
        self.addCleanup(world.Dns(scene.new_folder("dns"), bad, world.WRONG_DNS).close)
        tested = self.box.install("test", check=False)
        self.assertEqual(tested.status, 1)
        self.assertIn("published with another key", tested)

    def test_dns_that_does_not_answer_or_has_no_key_is_no_fault(self):
        self.box.install("install")
        self.box.write("/etc/resolv.conf", f"nameserver {world.RECEIVER}\n")
        self.assertIn("not published yet", self.box.install("test"))
        os.unlink(self.box.root + "/usr/bin/host")
        self.assertIn("neither dig nor host", self.box.install("test"))


class Strangers(EximBox):
    def test_forged_mail_that_an_alias_sends_on_is_not_signed(self):
        self.start()
        self.box.install("install")
        self.check_unsigned(self.send_from_outside("boss@example.test", "forward@example.test", "forged"))


class OldHowTo(EximBox):
    def configure(self):
        super().configure()
        self.box.write("/etc/exim4/exim4.conf.localmacros", "# mine\n" + CLASSIC + "MAIN_TLS_ENABLE = no\n")
        self.box.run("install", "-d", "-o", "root", "-g", "Debian-exim", "-m", "0750", "/etc/exim4/dkim")
        self.box.run("sh", "-c", "openssl genrsa 2048 >/etc/exim4/dkim/example.test.pem 2>/dev/null; chmod 644 /etc/exim4/dkim/*")
        self.box.run("update-exim4.conf")

    def test_check_says_why_mail_is_unsigned_and_install_replaces_it(self):
        self.check_unsigned(self.send("a@example.test", "how-to"))
        self.assertIn("Tainted filename", self.box.read("/var/log/exim4/mainlog"))
        self.remember()
        said = self.box.install("check")
        self.assertIn("UNSIGNED", said)
        self.assertIn("DKIM_DOMAIN = ${lc:${domain:$h_from:}}", said)
        self.check_same(self.before)
        self.box.install("install")
        self.assertIn("# mine\n", self.box.read("/etc/exim4/exim4.conf.localmacros"))
        self.assertIn("\nMAIN_TLS_ENABLE = no\n", self.box.read("/etc/exim4/exim4.conf.localmacros"))
        self.check_signed(self.send("a@example.test", "how-to replaced"), "example.test", ("rsa-sha256", "ed25519-sha256"))
        self.assertIn("nothing to do", self.box.install("install"))
        self.box.install("rollback")
        self.check_same(self.before)


class OldHowToSplit(OldHowTo):
    split = "true"

    def configure(self):
        super().configure()
        self.box.run("mv", "/etc/exim4/exim4.conf.localmacros", "/etc/exim4/conf.d/main/000_localmacros")
        self.box.run("update-exim4.conf")

    def test_check_says_why_mail_is_unsigned_and_install_replaces_it(self):
        self.remember()
        self.assertIn("UNSIGNED", self.box.install("check"))
        self.box.install("install")
        self.check_signed(self.send("a@second.test", "split how-to replaced"), "second.test")
        self.box.install("rollback")
        self.check_same(self.before)


class Refusals(EximBox):
    """What is in the way is named, and nothing is changed."""

    def refuse(self, *words, verb=("install",)):
        self.remember()
        self.check_refused(self.box.install(*verb, check=False), *words)

    def test_own_dkim_settings_stop_it_until_they_may_be_replaced(self):
        self.box.write("/etc/exim4/conf.d/main/000_own", "DKIM_DOMAIN = ${lookup{$sender_address_domain}lsearch{/etc/own}}\n")
        self.refuse("DKIM lines of your own", "/etc/exim4/conf.d/main/000_own", "--replace")
        self.box.install("install", "--replace")
        self.check_signed(self.send("a@second.test", "own replaced"), "second.test")
        self.box.install("rollback")
        self.check_same(self.before)

    def test_a_configuration_that_debian_did_not_generate(self):
        self.box.write("/etc/exim4/exim4.conf", "# mine\n")
        self.refuse("/etc/exim4/exim4.conf exists")

    def test_a_damaged_bundle(self):
        for path in ("keys/example.test/", "files/etc/exim4/dkim/domains", "manifest.json", "README.txt", "install.sh"):
            with self.subTest(path=path):
                self.box.give_bundle(server.Shared.bundle)
                damaged = f"/root/bundle/{path}"
                if path.endswith("/"):
                    damaged += os.listdir(self.box.root + damaged)[0]
                self.box.run("sh", "-c", 'printf "#" >>"$0"', damaged)
                self.refuse("Copy")

    def test_a_bundle_with_a_missing_file(self):
        os.unlink(self.box.root + "/root/bundle/files/etc/exim4/dkim/selectors")
        self.refuse("files/etc/exim4/dkim/selectors", "Copy")

    def test_a_script_that_was_cut_short_does_nothing(self):
        whole = self.box.read("/root/bundle/install.sh")
        self.remember()
        for part in (0.2, 0.5, 0.8, 0.99):
            self.box.write("/root/bundle/install.sh", whole[:int(len(whole) * part)])
            self.box.install("install", check=False)
            self.check_same(self.before)

    def test_a_bundle_without_a_domain_that_is_signed_for(self):
        self.box.install("install")
        self.box.give_bundle(server.Shared.one)
        self.refuse("second.test", "xn--mller-kva.test", "--replace")
        self.box.install("install", "--replace")
        self.check_unsigned(self.send("a@second.test", "dropped"))

    def test_a_server_without_exim(self):
        os.unlink(self.box.root + "/usr/sbin/update-exim4.conf")
        self.refuse("exim4 is not installed", verb=("check",))


class Failures(EximBox):
    """Whatever goes wrong in the middle, the server is as it was."""

    def replace_program(self, path, script):
        os.rename(self.box.root + path, self.box.root + path + ".real")
        self.box.write(path, "#!/bin/sh\n" + script, 0o755)

    def check_undone(self, output):
        self.check_refused(output, "Putting everything back")

    def test_update_exim4_conf_says_no(self):
        self.replace_program("/usr/sbin/update-exim4.conf", "echo no such macro >&2; exit 1\n")
        self.remember()
        output = self.box.install("install", check=False)
        self.check_undone(output)
        self.assertIn("no such macro", output)

    def test_exim_says_no(self):
        self.replace_program("/usr/sbin/exim4", """case "$*" in *-bV*) echo bad config; exit 1;; esac
exec /usr/sbin/exim4.real "$@"\n""")
        self.remember()
        self.check_undone(self.box.install("install", check=False))

    def test_a_real_mistake_in_the_configuration(self):
        """Of the admin's, made since exim was started."""
        self.box.write("/etc/exim4/exim4.conf.localmacros", "NO SUCH OPTION\n")
        self.remember()
        self.check_undone(self.box.install("install", check=False))

    def test_signals(self):
        for signal in ("HUP", "INT", "TERM"):
            with self.subTest(signal=signal):
                self.setUp()
                self.replace_program("/usr/sbin/update-exim4.conf", f"kill -{signal} $PPID; exit 0\n")
                self.remember()
                self.check_undone(self.box.install("install", check=False))

    def test_a_killed_install_is_undone_by_the_next_one(self):
        self.remember()
        self.replace_program("/usr/sbin/update-exim4.conf", "kill -KILL $PPID\n")
        self.box.install("install", check=False)
        self.assertNotEqual(self.box.snapshot(), self.before)
        os.rename(self.box.root + "/usr/sbin/update-exim4.conf.real", self.box.root + "/usr/sbin/update-exim4.conf")
        said = self.box.install("install")
        self.assertIn("cut short", said)
        self.check_signed(self.send("a@second.test", "after a kill"), "second.test")
        self.box.install("rollback")
        self.check_same(self.before)

    def test_killed_at_every_write(self):
        """kill -9 before each of the programs that change a file: rollback finds its way back."""
        for number in range(1, 40, 3):
            self.setUp()
            self.remember()
            self.replace_program("/usr/bin/mv", f"""echo x >>/tmp/moves
[ $(wc -l </tmp/moves) -ne {number} ] || kill -KILL $PPID
exec /usr/bin/mv.real "$@"\n""")
            output = self.box.install("install", check=False)
            os.rename(self.box.root + "/usr/bin/mv.real", self.box.root + "/usr/bin/mv")
            self.box.install("rollback")
            self.check_same(self.before, f"move {number}")
            if output.status == 0:
                return
        self.fail("install never got to its end")

    def test_a_full_disk(self):
        fitted = []
        for kilobytes in range(0, 200, 8):
            self.setUp()
            self.box.shrink("/etc/exim4", kilobytes)
            self.remember()
            output = self.box.install("install", check=False)
            fitted.append(output.status == 0)
            if fitted[-1]:
                break
            self.check_undone(output)
        self.assertEqual(fitted[-1:], [True])
        self.assertGreater(len(fitted), 3)

    def test_a_full_disk_for_the_backup(self):
        self.box.shrink("/var/backups", 8)
        self.remember()
        self.check_refused(self.box.install("install", check=False), "nothing was changed")


class Image(EximBox):
    def test_installs_into_a_system_that_does_not_run(self):
        self.remember()
        script = ["sh", server.Shared.bundle + "/install.sh", "--root", self.box.root]
        self.box.outside([*script, "install"], stdout=subprocess.DEVNULL)
        self.check_signed(self.send("a@second.test", "image"), "second.test")
        self.box.outside([*script, "rollback"], stdout=subprocess.DEVNULL)
        self.check_same(self.before)


if __name__ == "__main__":
    scene.main("exim4-debian")
