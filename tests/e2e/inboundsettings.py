"""Checks of incoming mail where the admin has some already, and where a program for it is missing."""

import shutil
import smtplib

import failures
import inbound
import installer
import mailbox
import net
import picture
import settings
import wholeway
from box import Box
from mail import Mail
from surroundings import World

RESULTS = "nothing is refused"
OWN_ACL = "/etc/exim4/own_acl"
OPENDMARC_CONF = "/etc/opendmarc.conf"
HEADERS_CONF = "/etc/rspamd/local.d/milter_headers.conf"
OVERRIDING_CONF = "/etc/rspamd/override.d/milter_headers.conf"
ACTIONS_CONF = "/etc/rspamd/local.d/actions.conf"


class EximWithAcl(inbound.EximChecks):
    """An ACL of the admin's own, in the file that Debian leaves him for that."""

    def __init__(self, split: bool, folder: str = "CONFDIR") -> None:
        super().__init__(heavy=False, split=split)
        self._macros = f"OWN = /etc/exim4\nCHECK_DATA_LOCAL_ACL_FILE = {folder}/own_acl\n"

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write(OWN_ACL, "warn\n  add_header = X-Own: seen\n")
        box.write("/etc/exim4/conf.d/main/20_own" if self.split else "/etc/exim4/exim4.conf.localmacros", self._macros)
        box.sh("update-exim4.conf")


class PostfixWithOpenDmarc(inbound.PostfixChecks):
    """OpenDMARC as its admin has set it up."""

    milter = "inet:localhost:8893"

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write(OPENDMARC_CONF, f"Syslog true\nUserID opendmarc\nSocket inet:8893@localhost\nAuthservID {net.SERVER_NAME}\n"
                                  "PidFile /run/opendmarc/opendmarc.pid\n")
        box.sh(f"postconf -e smtpd_milters={self.milter} milter_default_action=accept; service opendmarc start </dev/null >/dev/null 2>&1")


class Rspamd(inbound.RspamdChecks):
    """One in whose eyes a forged From: is spam beyond doubt. in_use: Postfix asks it already."""

    def __init__(self, in_use: bool) -> None:
        super().__init__()
        self.in_use = in_use

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write("/etc/rspamd/local.d/policies_group.conf", 'symbols { "DMARC_POLICY_REJECT" { weight = 100; } }\n')
        if self.in_use:
            box.sh("postconf -e smtpd_milters=inet:localhost:11332 milter_default_action=accept")

    def start(self, box: Box) -> None:
        if self.in_use:
            box.sh("service rspamd start </dev/null >/dev/null 2>&1")
        super().start(box)


def _serve(world: World, server):
    """The name server, a bundle that has incoming mail checked, and the key with which the stranger signs."""
    bundle = world.bundle(server, inbound="results")
    nameserver, key = world.serve(bundle), inbound.some_rsa_key()
    inbound.add_strangers(nameserver, key)
    return nameserver, bundle, key


def _stranger(box: Box, sender: str = inbound.PLAIN) -> str:
    """A stranger's mail as it was delivered; or the answer, if it was refused."""
    mail = Mail(f"boss@{sender}")
    try:
        mail.by_smtp(net.STRANGER, f"crook@{inbound.PLAIN}", to=mailbox.ADDRESS)
    except smtplib.SMTPResponseException as refused:
        return f"refused {refused.smtp_code}"
    return mailbox.wait_for(box, mail.token)


def run_exim(world: World) -> None:
    report = world.report
    nameserver, bundle, _ = _serve(world, EximWithAcl(split=False))
    unchanged = world.bundle(EximWithAcl(split=False))
    with nameserver:
        for split in (False, True):
            server = EximWithAcl(split)
            words = "split" if split else "one file"
            with world.box(server, bundle) as box:
                before = picture.take(box)
                installer.expect(report, box, f"install where there is an ACL of the admin's own ({words})", "install", says=[OWN_ACL, "stay"])
                message = _stranger(box)
                report.check("both look at what comes in", "X-Own: seen" in message and mailbox.own_is_first(message), message)
                installer.expect(report, box, "a second install finds nothing to do", "install", says=["nothing to do"])
                wholeway.roll_back(world, server, box, before)
        with world.box(EximWithAcl(split=True), bundle) as box:
            shutil.copytree(unchanged.folder, box.path(inbound.UNCHANGED))
            _cut_short(world, box)
        _image(world, EximWithAcl(split=True), bundle)
        _two_acls(world, bundle)
        with world.box(EximWithAcl(split=False, folder="OWN"), bundle) as box:
            installer.expect_refusal(report, box, "a file that can't be found is the admin's to name", says=["OWN/own_acl", "correct that line"])


def _two_acls(world: World, bundle) -> None:
    """One for each way to read the configuration, and both of the same name."""
    server = EximWithAcl(split=False)
    with world.box(server, bundle) as box:
        box.sh("mkdir /etc/exim4/a /etc/exim4/b")
        for folder, file in (("a", "exim4.conf.localmacros"), ("b", "conf.d/main/20_own")):
            box.write(f"/etc/exim4/{folder}/data", f"warn\n  add_header = X-Own: {folder}\n")
            box.write(f"/etc/exim4/{file}", f"CHECK_DATA_LOCAL_ACL_FILE = /etc/exim4/{folder}/data\n")
        box.sh("update-exim4.conf")
        installer.expect(world.report, box, "install with two ACLs of one name", "install")
        texts = {folder: box.path(f"/etc/exim4/{folder}/data").read_text() for folder in "ab"}
        world.report.check("each keeps its own lines", all(f"X-Own: {folder}" in text and "BEGIN Sealwright" in text
                                                           for folder, text in texts.items()), texts)


def _image(world: World, server, bundle) -> None:
    settings.image(world, server, bundle, str(bundle.folder / "install.sh"))


def _cut_short(world: World, box: Box) -> None:
    """kill -9 wherever an install that no longer checks replaces or removes a file."""
    installer.expect(world.report, box, "install that has incoming mail checked", "install")
    failures.end_install_in(box, "ln", "KILL")
    checks = picture.take(box)
    stopped = 0
    for number in range(1, 100):
        box.write("/run/e2e-left", f"{number}\n")
        done = installer.run(box, "install", bundle=inbound.UNCHANGED)
        if done.returncode == 0:
            break
        stopped += 1
        box.write("/run/e2e-left", "0\n")
        installer.expect(world.report, box, f"KILL in the {number}. call of ln: the next install undoes it", "install",
                         says=["cut short", "nothing to do"])
        changed = picture.difference(checks, picture.take(box), times=False)
        world.report.check("and nothing is changed", not changed, changed)
    gone = not box.path("/etc/exim4/sealwright_data_acl").exists()
    world.report.check(f"KILL stopped it {stopped} times, and then it removes what looked at incoming mail", stopped > 3 and gone, done.stdout)


def run_postfix(world: World) -> None:
    report = world.report
    nameserver, bundle, key = _serve(world, inbound.PostfixChecks())
    unchanged = world.bundle(inbound.PostfixChecks())
    with nameserver:
        server = PostfixWithOpenDmarc()
        with world.box(server, bundle) as box:
            before = picture.take(box)
            installer.expect(report, box, "install beside the admin's OpenDMARC", "install", says=["OpenDMARC stays as you have set it up"])
            changed = picture.difference(before, picture.take(box))
            report.check("its file stays as it was", OPENDMARC_CONF not in changed, changed)
            milters = box.run("postconf", "-h", "smtpd_milters").stdout.replace(",", " ").split()
            report.check("it is asked once, after OpenDKIM", milters == ["inet:127.0.0.1:8891", server.milter], milters)
            message = _stranger(box, inbound.STRANGER)
            report.check("and writes what it finds", mailbox.results(message).get("dmarc") == "fail", message)
            installer.expect(report, box, "test knows it", "test", says=["your OpenDMARC"])
            wholeway.roll_back(world, server, box, before)
        _opendmarc_unchanged(world, server, unchanged, key)
        server = inbound.PostfixChecks()
        _image(world, server, bundle)
        with world.box(server, bundle) as box:
            box.sh("mkdir /etc/postfix-policyd-spf-python; echo 'Header_Type = AR' >/etc/postfix-policyd-spf-python/policyd-spf.conf")
            installer.expect_refusal(report, box, "a policyd-spf whose field would be taken for a forged one is named", says=["Header_Type = SPF"],
                                     restless=server.restless)
            box.sh("rm -r /etc/postfix-policyd-spf-python; dpkg --purge opendmarc >/dev/null 2>&1")
            before = picture.take(box)
            installer.expect_refusal(report, box, "without OpenDMARC: refused, and it says how", says=["opendmarc", "install --install-packages"],
                                     restless=server.restless, before=before)
            installer.expect(report, box, "install --install-packages", "install", "--install-packages", says=["apt installs"])
            message = _stranger(box, inbound.STRANGER)
            report.check("the OpenDMARC that apt brought looks at what comes in", mailbox.results(message).get("dmarc") == "fail", message)


def _opendmarc_unchanged(world: World, server: PostfixWithOpenDmarc, unchanged, key: str) -> None:
    """It goes by what OpenDKIM verifies: mail that another server has passed on would fail without that."""
    with world.box(server, unchanged) as box:
        installer.expect(world.report, box, "install beside the admin's OpenDMARC, incoming mail unchanged", "install", says=["goes on verifying"])
        installer.expect(world.report, box, "a second install finds nothing to do", "install", says=["nothing to do"])
        server.find_dns(box)
        mail = inbound.signed(key)
        mail.by_smtp(inbound.ELSEWHERE, f"jan@{inbound.STRANGER}", to=mailbox.ADDRESS)
        message = mailbox.wait_for(box, mail.token)
        world.report.check("OpenDMARC still knows what OpenDKIM found", mailbox.results(message).get("dmarc") == "pass", message)


def run_rspamd(world: World) -> None:
    report = world.report
    nameserver, bundle, _ = _serve(world, Rspamd(in_use=False))
    unchanged = world.bundle(Rspamd(in_use=False))
    with nameserver:
        for words, chosen in (("incoming mail unchanged", unchanged), ("incoming mail checked", bundle)):
            with world.box(Rspamd(in_use=False), chosen) as box:
                installer.expect(report, box, f"install where rspamd was not asked before, {words}", "install", says=["refuses nothing"])
                message = _stranger(box, inbound.STRANGER)
                report.check("what is spam beyond doubt is delivered, with a mark", "X-Spam: Yes" in message, message)
        server = Rspamd(in_use=True)
        with world.box(server, bundle) as box:
            before = picture.take(box)
            refused = _stranger(box, inbound.STRANGER)
            report.check("an rspamd that is in use refuses it", refused == "refused 554", refused)
            installer.expect(report, box, "install where Postfix asks rspamd already", "install", says=[RESULTS])
            refused = _stranger(box, inbound.STRANGER)
            report.check("and goes on to: that was the admin's choice", refused == "refused 554", refused)
            report.check("it is not told otherwise", not box.path(ACTIONS_CONF).exists())
            report.check("what it lets in has the results", mailbox.own_is_first(_stranger(box)))
            wholeway.roll_back(world, server, box, before)
            _own_headers(world, server, box)
        _image(world, Rspamd(in_use=False), bundle)


def _own_headers(world: World, server, box: Box) -> None:
    report = world.report
    box.write(HEADERS_CONF, 'use = ["x-spam-status"];\n')
    before = picture.take(box)
    installer.expect_refusal(report, box, "a file of the admin's that writes other fields is his to change", says=[HEADERS_CONF, "--replace"],
                             restless=server.restless, before=before)
    installer.expect(report, box, "install --replace", "install", "--replace")
    report.check("writes the results", mailbox.own_is_first(_stranger(box)))
    wholeway.roll_back(world, server, box, before)
    box.write(HEADERS_CONF, 'use = ["x-spam-status", "authentication-results"];\n')
    before = picture.take(box)
    installer.expect(report, box, "install where the admin's file writes them already", "install", says=["stays as you wrote it"])
    changed = picture.difference(before, picture.take(box))
    report.check("it stays", HEADERS_CONF not in changed, changed)
    wholeway.roll_back(world, server, box, before)
    _named_elsewhere(world, server, box)
    _overruled(world, server, box)


def _named_elsewhere(world: World, server, box: Box) -> None:
    for content in ('use = ["x-spamd-bar"];\nroutines { authentication-results { header = "X-Results"; } }\n',
                    'use = ["x-spamd-bar"]; # not yet: authentication-results\n'):
        box.write(HEADERS_CONF, content)
        installer.expect_refusal(world.report, box, f"a file that only mentions them does not write them: {content!r}",
                                 says=[f"{HEADERS_CONF} is yours", "--replace"], restless=server.restless)
    box.write(HEADERS_CONF, 'use [\n  "x-spamd-bar",\n  "authentication-results"\n]\n')
    installer.expect(world.report, box, "check knows a list of more than one line", "check", says=["stays as you wrote it"])


def _overruled(world: World, server, box: Box) -> None:
    """What is in override.d counts more than local.d, ours or the admin's."""
    report = world.report
    for local in ("", 'use = ["authentication-results"];\n'):
        box.write(HEADERS_CONF, local)
        box.write(OVERRIDING_CONF, 'use = ["x-spamd-bar"];\n')
        installer.expect_refusal(report, box, f"override.d without them is the admin's to change, whatever local.d says ({local!r})",
                                 says=[f"{OVERRIDING_CONF} is yours", "counts more"], restless=server.restless)
    box.sh(f"rm {HEADERS_CONF}")
    box.write(OVERRIDING_CONF, 'use = ["x-spamd-bar", "authentication-results"];\n')
    before = picture.take(box)
    installer.expect(report, box, "install where override.d writes them already", "install", says=[f"{OVERRIDING_CONF} stays as you wrote it"])
    report.check("needs no other file", not box.path(HEADERS_CONF).exists())
    report.check("and what comes in has the results", mailbox.own_is_first(_stranger(box)))
    installer.expect(report, box, "test knows it", "test", says=["the results are written to it"])
    wholeway.roll_back(world, server, box, before)
    box.write(OVERRIDING_CONF, "extended_spam_headers = true;\n")
    before = picture.take(box)
    installer.expect(report, box, "install where override.d says other things", "install")
    report.check("writes the results as well", mailbox.own_is_first(_stranger(box)))
    box.write(OVERRIDING_CONF, "use = [];\n")
    done = installer.run(box, "test")
    report.check("test tells when override.d has taken them away", done.returncode != 0 and "nothing is written to it" in done.stdout, done.stdout)
    box.write(OVERRIDING_CONF, "extended_spam_headers = true;\n")
    wholeway.roll_back(world, server, box, before)
