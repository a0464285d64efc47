"""Postfix with an rspamd that the admin already uses."""

import failures
import installer
import net
import picture
import signing
import wholeway
from box import Box
from mail import Mail
from maildomains import DOMAINS, Bundle, MailDomain, some_rsa_key
from rspamd import PostfixWithRspamd
from surroundings import World

OTHER = "inet:127.0.0.1:9999"
NETWORKS = "/etc/rspamd/local.d/sign_networks.map"
SUBDOMAIN = MailDomain("news.example.test", "news.example.test", "n2026")


class InUse(PostfixWithRspamd):
    """Looks for spam, behind another milter; the settings for Postfix are those of older how-tos."""

    milter = "inet:localhost:11332"

    def __init__(self) -> None:
        super().__init__(warm=True)

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh(f"postconf -e 'smtpd_milters={OTHER}, {self.milter}' 'non_smtpd_milters=$smtpd_milters' milter_protocol=2 "
               "milter_default_action=accept")

    def start(self, box: Box) -> None:
        box.sh("service rspamd start </dev/null >/dev/null 2>&1")
        super().start(box)

    start_all = start


class Signs(InUse):
    """For a domain of its own, with a key in rspamd's own place."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh("install -d -o _rspamd -g _rspamd /var/lib/rspamd/dkim")
        box.write("/var/lib/rspamd/dkim/own.test.own.key", some_rsa_key())
        box.sh("chown _rspamd: /var/lib/rspamd/dkim/*")
        box.write("/etc/rspamd/local.d/dkim_signing.conf", 'selector = "own";\n')


class Elsewhere(InUse):
    """On a port of the admin's choice."""

    milter = "inet:127.0.0.1:12332"

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write("/etc/rspamd/local.d/worker-proxy.inc", 'bind_socket = "*:12332";\n')
        box.sh(f"postconf -e smtpd_milters={OTHER}")


def run(world: World) -> None:
    bundle = world.bundle(InUse())
    subdomain = world.bundle(InUse(), [*DOMAINS, SUBDOMAIN])
    with world.serve(subdomain):
        _in_use(world, bundle)
        _elsewhere(world, bundle)
        _signs(world, bundle)
        _undone(world, bundle)
        _relay_client(world, bundle)
        _subdomain(world, subdomain)


def _setting(box: Box, name: str) -> str:
    return box.run("postconf", "-h", name).stdout.strip()


def _in_use(world: World, bundle: Bundle) -> None:
    report, server = world.report, InUse()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        milters = _setting(box, "smtpd_milters")
        installer.expect(report, box, "install where Postfix asks rspamd already", "install")
        seen = _setting(box, "smtpd_milters"), _setting(box, "non_smtpd_milters")
        report.check("the lists of milters stay as they are", seen == (milters, "$smtpd_milters"), seen)
        report.check("Postfix speaks the protocol of today", _setting(box, "milter_protocol") == "6", _setting(box, "milter_protocol"))
        installer.expect(report, box, "test knows the admin's name for the milter", "test", says=["would be signed"])
        wholeway.expect_signed(world, server, bundle, "by the rspamd that was there")
        wholeway.roll_back(world, server, box, before)
        report.check("the admin's rspamd runs again", box.run("service", "rspamd", "status").returncode == 0, server.log(box))


def _elsewhere(world: World, bundle: Bundle) -> None:
    report, server = world.report, Elsewhere()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(report, box, "install where rspamd listens on another port", "install", says=["port 12332"])
        milters = _setting(box, "smtpd_milters")
        report.check("ours stands behind the other milter, on that port", milters == f"{OTHER}, {server.milter}", milters)
        wholeway.expect_signed(world, server, bundle, "through that port")
        wholeway.roll_back(world, server, box, before)


def _signs(world: World, bundle: Bundle) -> None:
    report, server = world.report, Signs()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect_refusal(report, box, "an rspamd that signs is not replaced without being asked",
                                 says=["already", "--replace"], restless=server.restless)
        installer.expect(report, box, "install --replace", "install", "--replace")
        wholeway.expect_signed(world, server, bundle, "after the replacement")
        wholeway.roll_back(world, server, box, before)


def _undone(world: World, bundle: Bundle) -> None:
    """An install that fails late: rspamd has been restarted by then, and goes on as before."""
    report, server = world.report, InUse()
    with world.box(server, bundle) as box:
        failures.program_refuses("postfix", "check")(box)
        installer.expect_refusal(report, box, "an install that Postfix refuses is undone", says=["postfix check"], restless=server.restless)
        report.check("and the admin's rspamd runs on", box.run("service", "rspamd", "status").returncode == 0, server.log(box))
        wholeway.expect_unsigned(world, server, box, "by it")


def _relay_client(world: World, bundle: Bundle) -> None:
    """A machine that may relay is signed for when the admin has added it, and stays so after another install."""
    report, server = world.report, InUse()
    with world.box(server, bundle) as box:
        box.sh(f"postconf -e 'mynetworks = 127.0.0.0/8 {net.RELAY_CLIENT}'")
        installer.expect(report, box, "install names the networks that are relayed, but not signed", "install",
                         says=[net.RELAY_CLIENT, NETWORKS])
        sent = [signing.Sent("by a client that may relay, not in the list", Mail("jan@example.test"), None)]
        sent[0].mail.by_smtp(net.RELAY_CLIENT, "jan@example.test")
        signing.check(report, world.hop, sent, bundle)
        box.sh(f"echo {net.RELAY_CLIENT} >>{NETWORKS}")
        installer.expect(report, box, "the added network is kept", "install", says=["nothing to do"])
        sent = [signing.Sent("by a client that may relay, in the list", Mail("jan@example.test"), "example.test"),
                signing.Sent("by a stranger, through an alias", Mail("boss@example.test"), None)]
        sent[0].mail.by_smtp(net.RELAY_CLIENT, "jan@example.test")
        sent[1].mail.by_smtp(net.STRANGER, "crook@elsewhere.test", to="forward@example.test")
        signing.check(report, world.hop, sent, bundle)


def _subdomain(world: World, bundle: Bundle) -> None:
    """With keys of its own it is signed for as itself, never as its parent."""
    report, server = world.report, InUse()
    with world.box(server, bundle) as box:
        installer.expect(report, box, "install with a subdomain that has keys of its own", "install")
        installer.expect(report, box, "test names its keys", "test", says=[f"{SUBDOMAIN.name}: would be signed with selector {SUBDOMAIN.selector} "])
        sent = []
        for sender, domain in ((SUBDOMAIN.name, SUBDOMAIN.name), (DOMAINS[0].name, DOMAINS[0].name), (f"more.{SUBDOMAIN.name}", None)):
            sent.append(signing.Sent(f"From: {sender}", Mail(f"jan@{sender}"), domain))
            sent[-1].mail.by_sendmail(box)
        signing.check(report, world.hop, sent, bundle)
