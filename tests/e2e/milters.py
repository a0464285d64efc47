"""Postfix with a milter, or an OpenDKIM, that the admin already has."""

import installer
import picture
import wholeway
from box import Box
from maildomains import Bundle, some_rsa_key
from postfix import Postfix
from surroundings import World

THEIRS = "inet:127.0.0.1:9999"
_VERIFIER = "Mode v\nSocket inet:9999@127.0.0.1\nUserID opendkim\nPidFile /run/other.pid\nSyslog yes\n"


class PostfixWithMilter(Postfix):
    """Another milter (a second OpenDKIM, which only verifies) that has to go on being asked."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write("/etc/other.conf", _VERIFIER)
        box.sh("cp /usr/sbin/opendkim /usr/local/sbin/other-milter")
        box.sh(f"postconf -e smtpd_milters={THEIRS} milter_default_action=tempfail")

    def start(self, box: Box) -> None:
        box.sh("/usr/local/sbin/other-milter -x /etc/other.conf </dev/null >/dev/null 2>&1")
        super().start(box)


class PostfixWithOpenDkim(Postfix):
    """Signs already, for a domain of its own."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write("/etc/dkimkeys/own.private", some_rsa_key())
        box.sh("""
            chown opendkim: /etc/dkimkeys/own.private
            chmod 0600 /etc/dkimkeys/own.private
            postconf -e smtpd_milters=inet:localhost:8891 non_smtpd_milters=inet:localhost:8891
        """)
        box.write("/etc/opendkim.conf", "Syslog yes\nUserID opendkim\nPidFile /run/opendkim/opendkim.pid\nMode sv\n"
                  "Socket inet:8891@localhost\nDomain own.test\nSelector own\nKeyFile /etc/dkimkeys/own.private\n")

    def start(self, box: Box) -> None:
        box.sh("service opendkim start </dev/null >/dev/null 2>&1")
        super().start(box)


def run(world: World) -> None:
    bundle = world.bundle(Postfix())
    with world.serve(bundle):
        _milter(world, bundle)
        _opendkim(world, bundle)


def _milter(world: World, bundle: Bundle) -> None:
    report, server = world.report, PostfixWithMilter()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(report, box, "install beside another milter", "install")
        milters = box.run("postconf", "-h", "smtpd_milters").stdout
        report.check("the other milter is kept, before ours", milters.replace(",", " ").split() == [THEIRS, "inet:127.0.0.1:8891"], milters)
        action = box.run("postconf", "-h", "milter_default_action").stdout.strip()
        report.check("milter_default_action stays as the admin set it", action == "tempfail", action)
        wholeway.expect_signed(world, server, bundle, "beside another milter")
        wholeway.roll_back(world, server, box, before)
        wholeway.expect_unsigned(world, server, box, "after the rollback, through the other milter alone")


def _opendkim(world: World, bundle: Bundle) -> None:
    report, server = world.report, PostfixWithOpenDkim()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect_refusal(report, box, "an OpenDKIM that signs is not replaced without being asked",
                                 says=["already", "--replace"], restless=server.restless)
        installer.expect(report, box, "install --replace", "install", "--replace")
        wholeway.expect_signed(world, server, bundle, "after the replacement")
        wholeway.roll_back(world, server, box, before)
        report.check("the admin's OpenDKIM runs again", box.run("service", "opendkim", "status").returncode == 0, server.log(box))
        wholeway.expect_unsigned(world, server, box, "for example.test, by the admin's OpenDKIM")
