"""Postfix with a milter, or an OpenDKIM, that the admin already has."""

import re

import failures
import installer
import picture
import wholeway
from box import Box
from maildomains import Bundle, some_rsa_key
from postfix import Postfix
from surroundings import World

OURS = "inet:127.0.0.1:8891"
FIRST, OPENDMARC = "inet:127.0.0.1:9999", "inet:127.0.0.1:8893"

VERIFYING = {
    "on the line of the service": " -o milter_macro_daemon_name=VERIFYING",
    "on a line of its own": "\n  -o milter_macro_daemon_name=VERIFYING",
    "within { }": "\n  -o syslog_name=x -o { milter_macro_daemon_name = VERIFYING }",
}
SERVICES = {
    " -o smtpd_milters=": "10587/inet/smtpd_milters =",
    "\n  -o smtpd_milters=": "10587/inet/smtpd_milters =",
    "\n  -o syslog_name=x -o smtpd_milters=inet:localhost:9999": "10587/inet/smtpd_milters = inet:localhost:9999",
    "\n  -o { smtpd_milters = inet:localhost:9999, inet:localhost:9998 }": "10587/inet/smtpd_milters = inet:localhost:9999, inet:localhost:9998",
    " -o receive_override_options=no_address_mappings,no_milters": "10587/inet/receive_override_options = no_address_mappings,no_milters",
    "\n  -o receive_override_options=no_address_mappings": "",
    f"\n  -o smtpd_milters={OURS}": "",
    "\n  -o smtpd_milters=$mua_milters": "10587/inet/smtpd_milters = inet:localhost:9997",
    "\n# -o smtpd_milters=": "",
}


class PostfixWithMilters(Postfix):
    """A milter, and one in the place of OpenDMARC, which reads what OpenDKIM found. Both are OpenDKIMs that only verify."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh("cp /usr/sbin/opendkim /usr/local/sbin/other-milter")
        for milter in (FIRST, OPENDMARC):
            port = milter.rpartition(":")[2]
            box.write(f"/etc/other-{port}.conf", f"Mode v\nSocket inet:{port}@127.0.0.1\nUserID opendkim\nPidFile /run/other-{port}.pid\n")
        box.sh(f"postconf -e 'smtpd_milters={FIRST}, {OPENDMARC}' 'non_smtpd_milters=$smtpd_milters' milter_default_action=tempfail")

    def start(self, box: Box) -> None:
        box.sh("for conf in /etc/other-*.conf; do /usr/local/sbin/other-milter -x $conf </dev/null >/dev/null 2>&1; done")
        super().start(box)


class PostfixWithSettings(PostfixWithMilters):
    """The first milter with settings of its own, as Postfix writes them since 3.0."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh(f"postconf -e 'smtpd_milters={{ {FIRST}, connect_timeout=10s }}'")


class PostfixWithOpenDkim(Postfix):
    """Signs already, for a domain of its own, on a port of the admin's choice (the one of well-known how-tos)."""

    port = "12301"

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write("/etc/dkimkeys/own.private", some_rsa_key())
        box.sh(f"""
            chown opendkim: /etc/dkimkeys/own.private
            chmod 0600 /etc/dkimkeys/own.private
            postconf -e smtpd_milters=inet:localhost:{self.port} non_smtpd_milters=inet:localhost:{self.port}
        """)
        box.write("/etc/opendkim.conf", "Syslog yes\nUserID opendkim\nPidFile /run/opendkim/opendkim.pid\nMode sv\n"
                  f"Socket inet:{self.port}@localhost\nDomain own.test\nSelector own\nKeyFile /etc/dkimkeys/own.private\n")

    def start(self, box: Box) -> None:
        box.sh("service opendkim start </dev/null >/dev/null 2>&1")
        super().start(box)


def run(world: World) -> None:
    bundle = world.bundle(Postfix())
    with world.serve(bundle):
        _milter(world, bundle)
        _settings(world, bundle)
        _opendkim(world, bundle)
        _undone(world, bundle)
        _dkimpy(world, bundle)
        _services(world, bundle)
        _networks(world, bundle)


def _milter(world: World, bundle: Bundle) -> None:
    report, server = world.report, PostfixWithMilters()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(report, box, "install beside other milters", "install")
        milters = box.run("postconf", "-h", "smtpd_milters").stdout
        report.check("the other milters are kept, and ours stands before OpenDMARC",
                     milters.replace(",", " ").split() == [FIRST, OURS, OPENDMARC], milters)
        local = box.run("postconf", "-h", "non_smtpd_milters").stdout.strip()
        report.check("non_smtpd_milters stays the same list", local == "$smtpd_milters", local)
        verifies = "sv" in box.sh("sed -n 's/^Mode *//p' /etc/opendkim.conf")
        report.check("OpenDKIM verifies what comes in, because OpenDMARC goes by that", verifies)
        action = box.run("postconf", "-h", "milter_default_action").stdout.strip()
        report.check("milter_default_action stays as the admin set it", action == "tempfail", action)
        wholeway.expect_signed(world, server, bundle, "beside other milters")
        wholeway.roll_back(world, server, box, before)
        wholeway.expect_unsigned(world, server, box, "after the rollback, through the other milters alone")


def _settings(world: World, bundle: Bundle) -> None:
    report, server = world.report, PostfixWithSettings()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(report, box, "install beside a milter with settings", "install")
        milters = box.run("postconf", "-h", "smtpd_milters").stdout.strip()
        report.check("it keeps them, and ours stands behind", milters == f"{{ {FIRST}, connect_timeout=10s }}, {OURS}", milters)
        installer.expect(report, box, "a second install finds nothing to do", "install", says=["nothing to do"])
        wholeway.expect_signed(world, server, bundle, "beside a milter with settings")
        wholeway.roll_back(world, server, box, before)
        box.sh("postconf -e 'smtpd_milters={ inet:localhost:12301, connect_timeout=10s }'")
        box.write("/etc/opendkim.conf", "Socket inet:12301@localhost\n")
        installer.expect_refusal(report, box, "an old OpenDKIM with settings is left to the admin", says=["take it out"],
                                 restless=server.restless)


def _opendkim(world: World, bundle: Bundle) -> None:
    report, server = world.report, PostfixWithOpenDkim()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect_refusal(report, box, "an OpenDKIM that signs is not replaced without being asked",
                                 says=["already", "--replace"], restless=server.restless)
        installer.expect(report, box, "install --replace tells that the old one verified, and ours does not", "install", "--replace",
                         says=["only signs", "To have it verified"])
        said = installer.run(box, "check").stdout
        report.check("which is said once", "only signs" not in said, said)
        for name in ("smtpd_milters", "non_smtpd_milters"):
            milters = box.run("postconf", "-xh", name).stdout.strip()
            report.check(f"{name} names ours instead of the old one", milters == OURS, milters)
        wholeway.expect_signed(world, server, bundle, "after the replacement")
        wholeway.roll_back(world, server, box, before)
        report.check("the admin's OpenDKIM runs again", box.run("service", "opendkim", "status").returncode == 0, server.log(box))
        wholeway.expect_unsigned(world, server, box, "for example.test, by the admin's OpenDKIM")


def _undone(world: World, bundle: Bundle) -> None:
    """A replacement that fails late: the admin's OpenDKIM has been restarted by then, and signs on."""
    report, server = world.report, PostfixWithOpenDkim()
    with world.box(server, bundle) as box:
        failures.program_refuses("postfix", "check")(box)
        before = picture.take(box)
        done = installer.run(box, "install", "--replace")
        changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
        report.check("a replacement that Postfix refuses is undone", done.returncode != 0 and not changed, f"{changed}\n{done.stdout}")
        report.check("and the admin's OpenDKIM runs on", box.run("service", "opendkim", "status").returncode == 0, done.stdout)


def _dkimpy(world: World, bundle: Bundle) -> None:
    """check tells of a milter that signs strangers' mail, until the admin has told it who they are."""
    report, server = world.report, Postfix()
    with world.box(server, bundle) as box:
        box.sh("postconf -e smtpd_milters=inet:localhost:8892; mkdir /etc/dkimpy-milter")
        installer.expect(report, box, "check tells of dkimpy-milter", "check", says=["strangers", "MacroListVerify", "VERIFYING"])
        box.write("/etc/dkimpy-milter/dkimpy-milter.conf", "MacroListVerify daemon_name|VERIFYING\n")
        master = box.path("/etc/postfix/master.cf")
        written = master.read_text()
        for words, lines in VERIFYING.items():
            master.write_text(re.sub(r"(?m)^(smtp +inet .*)$", lambda line: line[1] + lines, written, count=1))
            said = installer.run(box, "check").stdout
            report.check(f"and says nothing where it only verifies what comes from outside ({words})", "strangers" not in said, said)
        master.write_text(f"{written}# -o milter_macro_daemon_name=VERIFYING\n")
        installer.expect(report, box, "which a comment does not tell", "check", says=["strangers"])
        box.sh("postconf -e smtpd_milters=; postconf -P smtp/inet/smtpd_milters=inet:localhost:8892")
        installer.expect(report, box, "check tells of a dkimpy-milter that only one service asks", "check", says=["strangers"])


def _services(world: World, bundle: Bundle) -> None:
    """check tells which services of master.cf do not ask the milters of main.cf, however that is written there."""
    with world.box(Postfix(), bundle) as box:
        master = box.path("/etc/postfix/master.cf")
        written = master.read_text()
        box.sh("postconf -e mua_milters=inet:localhost:9997")
        for lines, told in SERVICES.items():
            master.write_text(f"{written}10587 inet n - y - - smtpd{lines}\n")
            said = installer.run(box, "check").stdout
            told_of = [line.strip() for line in said.splitlines() if "10587/inet/" in line]
            right = told in told_of and "milters of their own" in said if told else "milters of their own" not in said
            world.report.check(f"master.cf with {lines!r}: check {f'tells of {told!r}' if told else 'says nothing'}", right, said)


def _networks(world: World, bundle: Bundle) -> None:
    """check tells of the networks whose mail would not be signed, and of no others."""
    with world.box(Postfix(), bundle) as box:
        box.sh("postconf -e 'mynetworks = 127.0.0.0/8, 192.0.2.0/24 198.51.100.0/24 [2001:db8::]/32'; mkdir -p /etc/opendkim")
        for known, told in (("", "192.0.2.0/24 198.51.100.0/24 2001:db8::/32"), ("192.0.2.0/24\n", "198.51.100.0/24 2001:db8::/32"),
                            ("# 192.0.2.0/24\n198.51.100.0/24  # the office\n2001:db8::/32\n", "192.0.2.0/24"),
                            ("192.0.2.0/24\n198.51.100.0/24\n2001:db8::/32\n", "")):
            box.write("/etc/opendkim/TrustedHosts", known)
            said = installer.run(box, "check").stdout
            told_of = [line.strip() for line in said.splitlines() if "192.0.2" in line or "198.51.100" in line]
            world.report.check(f"of {known!r} in TrustedHosts check tells {told!r}", told_of == ([told] if told else []), said)
