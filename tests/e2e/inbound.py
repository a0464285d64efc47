"""What a server writes to the mail that comes in, when the bundle is to have it checked: all of it is delivered."""

import base64
import dataclasses
import re
import shutil
import subprocess

import dkim

import installer
import kinds
import mailbox
import net
import picture
import signing
import wholeway
from box import Box
from exim import Exim
from mail import Mail
from maildomains import Bundle, some_rsa_key
from onefile import OneFile
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import World

UNCHANGED = "/mnt/unchanged"
# Not below .test, which the library of OpenDKIM's resolver answers itself.
STRANGER, PLAIN, SOFT, BROKEN = "stranger.example", "plain.example", "soft.example", "broken.example"
ELSEWHERE = net.SMARTHOST  # an address that none of them names
OTHER_SERVER = "Authentication-Results: mx.elsewhere.test; dkim=pass header.d=plain.example\r\n"
FORGED = [f"{net.SERVER_NAME}; dmarc=pass header.from={STRANGER}",
          f"{net.SERVER_NAME};\r\n dkim=pass header.d={STRANGER};\r\n spf=pass smtp.mailfrom={STRANGER}",
          f"{net.SERVER_NAME.upper()}; dmarc=pass",
          f"(a comment) {net.SERVER_NAME} 1; dmarc=pass",
          f'"{net.SERVER_NAME}"; dmarc=pass',
          '"mail\\.example.test"; spf=pass']


class WithMailbox:
    """Somebody here reads what comes in."""

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        mailbox.make(box)

    def find_dns(self, box: Box) -> None:
        """What a server needs whose verifier asks others than the system's resolver."""


class EximChecks(WithMailbox, Exim):
    checks: tuple[str, ...] = ("dkim",)
    others_stay = True  # fields of other servers
    softfail, permerror = "softfail", "permerror"

    def __init__(self, heavy: bool, split: bool) -> None:
        super().__init__(split=split, both=False)
        if heavy:
            self.root, self.checks = "exim-heavy", ("dkim", "spf")


class OneFileChecks(WithMailbox, OneFile):
    root = "exim-heavy"
    checks = ("dkim", "spf")
    others_stay = True
    softfail, permerror = "softfail", "permerror"

    def __init__(self) -> None:
        super().__init__(both=False)


class PostfixChecks(WithMailbox, Postfix):
    root = "postfix-opendmarc"
    checks = ("dkim", "spf", "dmarc")
    others_stay = True
    softfail, permerror = "fail", "fail"  # OpenDMARC knows no more than pass, fail and none

    def find_dns(self, box: Box) -> None:
        """Its library asks the Internet's root servers, and trusts no root zone but theirs."""
        box.sh(f"""
            : >/usr/share/dns/root.key
            echo 'Nameservers {net.NAMESERVER}' >>/etc/opendkim.conf
            service opendkim restart </dev/null >/dev/null 2>&1
        """)


class RspamdChecks(WithMailbox, PostfixWithRspamd):
    checks = ("dkim", "spf", "dmarc")
    others_stay = False
    softfail, permerror = "softfail", "fail"  # what of a broken record it understands, it goes by

    def __init__(self) -> None:
        super().__init__(warm=True)


@dataclasses.dataclass(frozen=True)
class Case:
    words: str
    mail: Mail
    wanted: dict[str, str]
    client: str = net.STRANGER
    envelope_from: str = f"jan@{STRANGER}"


def run(world: World, *servers) -> None:
    key = some_rsa_key()
    for server in servers:
        world.report.note(f"{server.root}: {', '.join(server.checks)}")
        bundle, unchanged = world.bundle(server, inbound="results"), world.bundle(server)
        if server is servers[0]:
            nameserver = world.serve(bundle)
            add_strangers(nameserver, key)
            nameserver.__enter__()
        with world.box(server, bundle) as box:
            shutil.copytree(unchanged.folder, box.path(UNCHANGED))
            _to_and_fro(world, server, box)
            installer.expect(world.report, box, "install", "install", says=["nothing is refused"])
            server.find_dns(box)
            for case in _cases(server, key):
                _check(world, server, box, case)
            _forged(world, server, box)
            _outgoing(world, server, box, bundle)
    nameserver.__exit__()


def add_strangers(nameserver, key: str) -> None:
    public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=key.encode(), check=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    base64_key = base64.b64encode(public).decode()
    policy = '_dmarc TXT "v=DMARC1; p=reject"\n'
    nameserver.add(STRANGER, f'@ TXT "v=spf1 ip4:{net.STRANGER} -all"\n{policy}'
                             f'in._domainkey TXT ( "v=DKIM1; p={base64_key[:200]}" "{base64_key[200:]}" )\n')
    nameserver.add(PLAIN, "")
    nameserver.add(SOFT, f'@ TXT "v=spf1 ~all"\n{policy}')
    nameserver.add(BROKEN, '@ TXT "v=spf1 nothing:known -all"\n')


def signed(key: str) -> Mail:
    mail = Mail(f"jan@{STRANGER}")
    mail.octets = dkim.sign(mail.octets, b"in", STRANGER.encode(), key.encode(),
                            include_headers=[b"from", b"to", b"subject", b"date"]) + mail.octets
    return mail


def _tampered(key: str) -> Mail:
    mail = signed(key)
    mail.octets = mail.octets.replace(b"quick brown", b"quick red")
    return mail


def _cases(server, key: str) -> list[Case]:
    return [
        Case("signed, and sent from where it may be", signed(key), {"dkim": "pass", "spf": "pass", "dmarc": "pass"}),
        Case("signed, and changed on its way", _tampered(key), {"dkim": "fail", "spf": "pass", "dmarc": "pass"}),
        Case("changed, and passed on by another server", _tampered(key), {"dkim": "fail", "spf": "fail", "dmarc": "fail"},
             client=ELSEWHERE),
        Case("signed, and passed on by another server", signed(key), {"dkim": "pass", "spf": "fail", "dmarc": "pass"}, client=ELSEWHERE),
        Case("sent from where it may not be", Mail(f"jan@{STRANGER}"), {"dkim": "none", "spf": "fail", "dmarc": "fail"}, client=ELSEWHERE),
        Case("a forged From: whose domain says p=reject", Mail(f"boss@{STRANGER}"), {"dkim": "none", "spf": "none", "dmarc": "fail"},
             envelope_from=f"crook@{PLAIN}"),
        Case("of a domain that has published nothing", Mail(f"jan@{PLAIN}"), {"dkim": "none", "spf": "none", "dmarc": "none"},
             envelope_from=f"jan@{PLAIN}"),
        Case("softfail, and p=reject", Mail(f"jan@{SOFT}"), {"dkim": "none", "spf": server.softfail, "dmarc": "fail"},
             envelope_from=f"jan@{SOFT}"),
        Case("a broken SPF record", Mail(f"jan@{BROKEN}"), {"dkim": "none", "spf": server.permerror, "dmarc": "none"},
             envelope_from=f"jan@{BROKEN}"),
        Case("a bounce", Mail(f"postmaster@{PLAIN}"), {"dkim": "none", "spf": "none", "dmarc": "none"}, envelope_from=""),
        Case("with the field of another server", Mail(f"jan@{PLAIN}", more=OTHER_SERVER), {"dkim": "none", "spf": "none", "dmarc": "none"},
             envelope_from=f"jan@{PLAIN}"),
    ]


def _check(world: World, server, box: Box, case: Case) -> None:
    case.mail.by_smtp(case.client, case.envelope_from, to=mailbox.ADDRESS)
    message = mailbox.wait_for(box, case.mail.token)
    if not world.report.check(f"{case.words}: delivered", message):
        return
    own = mailbox.results(message)
    wanted = {method: case.wanted[method] for method in server.checks}
    seen = {method: own.get(method, "none") for method in server.checks}
    world.report.check(f"{case.words}: {', '.join(f'{method}={result}' for method, result in wanted.items())}", seen == wanted, message)
    world.report.check(f"{case.words}: the server's field stands first", mailbox.own_is_first(message), message)
    if "mx.elsewhere" in case.mail.octets.decode():
        world.report.check(f"{case.words}: which {'stays' if server.others_stay else 'is taken out'}",
                           ("mx.elsewhere" in message) == server.others_stay, message)


def _forged(world: World, server, box: Box) -> None:
    """RFC 8601 section 5. One by one and all together: OpenDKIM has more than one way to overlook one."""
    for fields in [*([field] for field in FORGED), FORGED]:
        mail = Mail(f"boss@{STRANGER}", more="".join(f"Authentication-Results: {field}\r\n" for field in fields))
        mail.by_smtp(net.STRANGER, f"crook@{PLAIN}", to=mailbox.ADDRESS)
        message = mailbox.wait_for(box, mail.token)
        passed = re.findall(r"(?:dkim|spf|dmarc)=pass", message)
        words = fields[0].replace("\r\n", "") if len(fields) == 1 else "all of these at once"
        world.report.check(f"a forged field is gone: {words}", message and not passed, message)
        if "dmarc" in server.checks:
            world.report.check("and its word was not taken", mailbox.results(message).get("dmarc") == "fail", message)


def _to_and_fro(world: World, server, box: Box) -> None:
    report = world.report
    before = picture.take(box)
    installer.expect(report, box, "check tells what would be checked", "check", says=["mail that comes in is checked", "nothing is refused"])
    installer.expect(report, box, "install of a bundle that leaves incoming mail alone", "install", bundle=UNCHANGED)
    alone = picture.take(box)
    mail = Mail(f"jan@{PLAIN}", more=OTHER_SERVER)
    mail.by_smtp(net.STRANGER, f"jan@{PLAIN}", to=mailbox.ADDRESS)
    message = mailbox.wait_for(box, mail.token)
    report.check("it does", message.lower().count("authentication-results") == 1, message)
    installer.expect(report, box, "install over it of one that has it checked", "install")
    installer.expect(report, box, "a second install finds nothing to do", "install", says=["nothing to do"])
    for verb in ("test", "status"):
        installer.expect(report, box, f"{verb} says that it is checked", verb, says=["mail that comes in is checked"])
    installer.expect(report, box, "install of the first one again", "install", bundle=UNCHANGED)
    changed = picture.difference(alone, picture.take(box), times=False, but=("/var/backups/", *server.restless))
    report.check("leaves what it left at first, byte for byte", not changed, changed)
    installer.expect(report, box, "a second install of it finds nothing to do", "install", says=["nothing to do"], bundle=UNCHANGED)
    installer.expect(report, box, "install that has it checked, again", "install")
    wholeway.roll_back(world, server, box, before)


def _outgoing(world: World, server, box: Box, bundle: Bundle) -> None:
    sent = kinds.send_all(box, server)
    signing.check(world.report, world.hop, sent, bundle)
    for one in sent:
        message = world.hop.wait_for(one.mail.token) or b""
        if one.domain:
            world.report.check(f"{one.words}: goes out without results", b"Authentication-Results" not in message, message.decode(errors="replace"))
