"""exim4 on Debian, set up by a bundle's install.sh: split and not, direct and through a smarthost."""

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
        self.assertEqual(self.box.snapshot(), before)

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
            self.assertRegex(tested, rf"ok +{domain}: would be signed with selector r\d+ \(rsa\)")

        again = self.box.install("install")
        self.assertIn("nothing to do", again)
        self.assertNotIn("reloaded", again)
        self.assertEqual(self.box.snapshot(), installed)

        self.box.install("rollback")
        self.assertEqual(self.box.snapshot(), before)
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


if __name__ == "__main__":
    scene.main("exim4-debian")
