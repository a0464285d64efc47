"""What people have set up for Postfix with OpenDKIM or rspamd."""

import smtplib

import lintmended
import net
from box import Box
from lintmended import DOMAIN, SELECTOR, Case, Trial
from mail import Mail
from postfix import Postfix
from rspamd import PostfixWithRspamd

MAIN = "/etc/postfix/main.cf"
CONF = "/etc/opendkim.conf"
KEY_TABLE, SIGNING_TABLE, HOSTS = (f"/etc/opendkim/{name}" for name in ("KeyTable", "SigningTable", "TrustedHosts"))
KEY = f"/etc/dkimkeys/{SELECTOR}.private"
SIGNING = "/etc/rspamd/local.d/dkim_signing.conf"
NETWORKS = "/etc/rspamd/local.d/sign_networks.map"
RSPAMD_KEY = f"/etc/rspamd/dkim/{DOMAIN}.{SELECTOR}.key"

by_sendmail = lintmended.unsigned(lintmended.by_sendmail)
by_login = lintmended.unsigned(lintmended.by_login)
WORKING = {
    "Syslog": "yes", "UserID": "opendkim", "UMask": "007", "PidFile": "/run/opendkim/opendkim.pid", "Socket": "inet:8891@127.0.0.1",
    "Mode": "sv", "Canonicalization": "relaxed/relaxed", "OversignHeaders": "From", "KeyTable": f"refile:{KEY_TABLE}",
    "SigningTable": f"refile:{SIGNING_TABLE}", "InternalHosts": HOSTS,
}
SINGLE = {"KeyTable": None, "SigningTable": None, "Domain": DOMAIN, "Selector": SELECTOR, "KeyFile": KEY}


def opendkim(**changed: str | None) -> str:
    return "".join(f"{name} {value}\n" for name, value in {**WORKING, **changed}.items() if value is not None)


def main_cf(before: str, port: str, **changed: str | None) -> str:
    wanted = {"smtpd_milters": f"inet:127.0.0.1:{port}", "non_smtpd_milters": "$smtpd_milters", "milter_default_action": "accept",
              "disable_mime_output_conversion": "yes", **changed}
    kept = [line for line in before.splitlines() if line.split(" ")[0] not in wanted]
    return "\n".join([*kept, *(f"{name} = {value}" for name, value in wanted.items() if value is not None)]) + "\n"


class Milter(Postfix):
    """What both signers share: a port that has to answer before Postfix asks it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.cases: list[Case] = []
        self.files: dict[str, str] = {}

    def listen(self, box: Box) -> None:
        """It does so all the time."""

    def restart(self, box: Box) -> None:
        port = f"{int(self.port):04X}"
        box.run("sh", "-c", f"""
            {self.stop}
            service {self.service} start </dev/null >/dev/null 2>&1
            for tenth in 1 2 3 4 5 6 7 8 9 10; do
                ! grep -q ':{port} 00000000:0000 0A' /proc/net/tcp || break
                {self.is_running} || break
                sleep {self.tenth}
            done
            before=$(pgrep -x 'smtpd|cleanup|smtp|pickup')
            postfix reload </dev/null >/dev/null 2>&1
            for process in $before; do # they serve on for a moment, with the old settings
                while kill -0 "$process" 2>/dev/null; do sleep 0.05; done
            done
        """)


class OpenDkim(Milter):
    port, service, tenth = "8891", "opendkim", "0.1"
    stop = "pkill -KILL -x opendkim; while pgrep -x opendkim >/dev/null; do sleep 0.05; done"  # by itself it takes five seconds
    is_running = "[ -e /run/opendkim/opendkim.pid ]"
    places = (MAIN, CONF, KEY_TABLE, SIGNING_TABLE, HOSTS, "/etc/postfix/late", "/etc/postfix/generic")
    modes = f"""
        chown -R opendkim:opendkim /etc/dkimkeys; chmod 0700 /etc/dkimkeys; chmod 0600 {KEY}; chmod 0755 /etc/opendkim
        rm -rf /var/spool/postfix/opendkim; install -d -o opendkim -g postfix -m 2750 /var/spool/postfix/opendkim
    """

    def prepare(self, box: Box, domains: list[str]) -> None:
        Postfix.prepare(self, box, domains)
        box.write(KEY, self._key)
        before = box.path(MAIN).read_text()
        self.files = {MAIN: main_cf(before, self.port), CONF: opendkim(), HOSTS: "127.0.0.1\n",
                      KEY_TABLE: f"{SELECTOR}._domainkey.{DOMAIN} {DOMAIN}:{SELECTOR}:{KEY}\n",
                      SIGNING_TABLE: f"*@{DOMAIN} {SELECTOR}._domainkey.{DOMAIN}\n"}
        self.cases = opendkim_cases(before) + postfix_cases(before)


class Rspamd(Milter, PostfixWithRspamd):
    port, service, tenth = "11332", "rspamd", "1"
    stop = "service rspamd stop </dev/null >/dev/null 2>&1"
    is_running = "pgrep -x rspamd >/dev/null"
    places = (MAIN, SIGNING, NETWORKS)
    modes = "chown -R root:_rspamd /etc/rspamd/dkim; chmod 0750 /etc/rspamd/dkim; chmod 0640 /etc/rspamd/dkim/*\n"

    def __init__(self, key: str) -> None:
        Milter.__init__(self, key)
        self._warm = True

    def prepare(self, box: Box, domains: list[str]) -> None:
        PostfixWithRspamd.prepare(self, box, domains)
        box.sh("mkdir -p /etc/rspamd/dkim")
        box.write(RSPAMD_KEY, self._key)
        before = box.path(MAIN).read_text()
        self.files = {MAIN: main_cf(before, self.port), SIGNING: rspamd()}
        self.cases = rspamd_cases(before)


def opendkim_cases(before: str) -> list[Case]:
    def case(words: str, code: str, shows=by_login, files: dict[str, str] | None = None, prepare: str = "", listed: str = "",
             **changed: str | None) -> Case:
        conf = {CONF: opendkim(**changed)} if changed else {}
        return Case(f"OpenDKIM, {words}", code, shows, {**conf, **(files or {})}, prepare, listed)

    name = f"{SELECTOR}._domainkey.{DOMAIN}"
    relays = {MAIN: main_cf(before, "8891", mynetworks=f"127.0.0.0/8 {net.RELAY_CLIENT}/32")}
    return [
        case("it verifies only", "opendkimVerifiesOnly", Mode="v"),
        case("another port", "opendkimSocketMismatch", Socket="inet:12301@localhost"),
        case("Debian's socket", "opendkimSocketMismatch", Socket="local:/run/opendkim/opendkim.sock"),
        case("everybody is internal", "opendkimSignsStrangers", lintmended.signs_strangers, InternalHosts="0.0.0.0/0"),
        case("everybody is trusted", "opendkimSignsStrangers", lintmended.signs_strangers, files={HOSTS: "127.0.0.1\n0.0.0.0/0\n"}),
        case("SHA-1", "opendkimSha1", SignatureAlgorithm="rsa-sha1"),
        case("Ed25519 with an RSA key", "opendkimEd25519Alone", SignatureAlgorithm="ed25519-sha256"),
        case("From once", "opendkimFromOnce", lintmended.takes_second_from, OversignHeaders=None),
        case("List-Id oversigned", "opendkimListHeaders", lintmended.breaks(lintmended.list_id), OversignHeaders="From,List-Id"),
        case("simple by default", "opendkimSimpleHeader", lintmended.breaks(lintmended.refolded), Canonicalization=None),
        case("patterns without refile:", "opendkimTableWithoutRefile", SigningTable=f"file:{SIGNING_TABLE}"),
        case("a row with two parts", "opendkimKeyRowBroken", files={KEY_TABLE: f"{name} {DOMAIN}:{KEY}\n"}),
        case("a row with four parts", "opendkimKeyRowBroken", files={KEY_TABLE: f"{name} {DOMAIN}:{SELECTOR}:{KEY}:rsa-sha256\n"}),
        case("a relative path", "opendkimKeyPathRelative", files={KEY_TABLE: f"{name} {DOMAIN}:{SELECTOR}:{SELECTOR}.private\n"}),
        case("a key of another name", "opendkimKeyNameUnknown", files={SIGNING_TABLE: f"*@{DOMAIN} mail._domainkey.{DOMAIN}\n"}),
        case("no key at all", "opendkimSignsNothing", KeyTable=None, SigningTable=None),
        case("no signing table", "opendkimIncomplete", SigningTable=None),
        case("no key table", "opendkimIncomplete", KeyTable=None),
        case("one key without a selector", "opendkimIncomplete", **{**SINGLE, "Selector": None}),
        case("a selector without its key", "opendkimIncomplete", **{**SINGLE, "KeyFile": None}),
        case("a network that may relay", "opendkimNetworkUnsigned", lintmended.unsigned(lintmended.by_relay_client), relays),
        case("a network that may relay, and no list", "opendkimNetworkUnsigned", lintmended.unsigned(lintmended.by_relay_client), relays,
             InternalHosts=None),
        case("a key that everybody can read", "keyReadableByAll", prepare=f"chmod 0644 {KEY}; chmod 0755 /etc/dkimkeys", listed="/etc/dkimkeys"),
        case("a folder that everybody can write", "keyFolderOpen", prepare="chmod 0777 /etc/dkimkeys", listed="/etc/dkimkeys"),
        case("a folder that a group with members can write", "keyFolderOfGroup",
             prepare="usermod -a -G users mail; chgrp users /etc/dkimkeys; chmod 0775 /etc/dkimkeys", listed="/etc/dkimkeys"),
        case("a key of root alone", "keyUnreadable", prepare=f"chown root:root {KEY}", listed="/etc/dkimkeys"),
    ]


def postfix_cases(before: str) -> list[Case]:
    def case(words: str, code: str, shows=by_sendmail, files: dict[str, str] | None = None, **changed: str | None) -> Case:
        return Case(f"Postfix, {words}", code, shows, {MAIN: main_cf(before, "8891", **changed), **(files or {})})

    socket = "opendkim/opendkim.sock"
    below = {CONF: opendkim(Socket=f"local:/var/spool/postfix/{socket}")}
    return [
        case("no list for programs", "postfixLocalMailUnsigned", non_smtpd_milters=None),
        case("an empty list for programs", "postfixLocalMailUnsigned", non_smtpd_milters=""),
        case("no milter", "postfixNoMilter", smtpd_milters=None, non_smtpd_milters=None),
        case("the body is written anew", "postfixReencodes", eight_bits, disable_mime_output_conversion=None),
        case("the milter is down", "postfixMilterDownStopsMail", takes_nothing, milter_default_action="tempfail"),
        case("Debian's socket", "postfixSocketOutsideChroot", by_login, {CONF: opendkim(Socket="local:/run/opendkim/opendkim.sock")},
             smtpd_milters="unix:/run/opendkim/opendkim.sock"),
        case("the whole path of a socket", "postfixSocketOutsideChroot", by_login, below, smtpd_milters=f"unix:/var/spool/postfix/{socket}"),
        case("OpenDKIM's way to write a port", "postfixSocketSyntax", by_login, smtpd_milters="inet:8891@localhost"),
        case("no_milters", "postfixMiltersSwitchedOff", by_login, receive_override_options="no_milters"),
        case("all mail is our own", "postfixClaimsOriginating", lintmended.signs_strangers,
             {CONF: opendkim(MTA="ORIGINATING")}, milter_macro_daemon_name="ORIGINATING"),
        case("a tag in Subject:", "postfixChangesAfterSigning", files={"/etc/postfix/late": "/^Subject: (.*)/ REPLACE Subject: [ours] $1\n"},
             smtp_header_checks="regexp:/etc/postfix/late"),
        case("addresses written anew", "postfixChangesAfterSigning", lintmended.unsigned(lintmended.by_sendmail, f"jan@intern.{DOMAIN}"),
             {"/etc/postfix/generic": f"/@intern\\.{DOMAIN}$/ @{DOMAIN}\n", SIGNING_TABLE: f"*@{DOMAIN} {SELECTOR}._domainkey.{DOMAIN}\n"
              f"*@*.{DOMAIN} {SELECTOR}._domainkey.{DOMAIN}\n"}, smtp_generic_maps="regexp:/etc/postfix/generic"),
    ]


def eight_bits(trial: Trial) -> bool:
    return lintmended.unsigned(lintmended.by_sendmail, body="Grüße\r\n".encode(), mime="text/plain; charset=utf-8", encoding="8bit")(trial)


def takes_nothing(trial: Trial) -> bool:
    """A stranger writes while the milter is down."""
    trial.box.sh("service opendkim stop </dev/null >/dev/null 2>&1")
    mail = Mail("friend@elsewhere.test")
    try:
        mail.by_smtp(net.STRANGER, "friend@elsewhere.test", to=f"forward@{DOMAIN}")
    except smtplib.SMTPException:
        return True
    return trial.goes_out(mail) is None


def rspamd(keys: str = f'{DOMAIN} {{ path = "{RSPAMD_KEY}"; selector = "{SELECTOR}"; }}', **changed: str | None) -> str:
    wanted = {"sign_authenticated": "true", "sign_local": "true", "use_domain": '"header"', "allow_hdrfrom_mismatch": "true",
              "allow_username_mismatch": "true", "use_esld": "false", "try_fallback": "false", **changed}
    lines = "".join(f"{name} = {value};\n" for name, value in wanted.items() if value is not None)
    return f"{lines}domain {{\n  {keys}\n}}\n"


def rspamd_cases(before: str) -> list[Case]:
    def case(words: str, code: str, shows=by_login, files: dict[str, str] | None = None, prepare: str = "", listed: str = "",
             **changed: str | None) -> Case:
        return Case(f"rspamd, {words}", code, shows, files or {SIGNING: rspamd(**changed)}, prepare, listed)

    by_other = lintmended.unsigned(lintmended.by_other_mail_from)
    return [
        case("another MAIL FROM", "rspamdOtherMailFrom", by_other, allow_hdrfrom_mismatch=None),
        case("another user", "rspamdOtherUser", allow_username_mismatch=None),
        case("by the envelope", "rspamdDomainOfMailFrom", by_other, use_domain='"envelope"'),
        case("not what programs send", "rspamdLocalUnsigned", by_sendmail, sign_local="false"),
        case("not what users send", "rspamdAuthenticatedUnsigned", sign_authenticated="false"),
        case("everybody's networks", "rspamdSignsStrangers", lintmended.signs_strangers, sign_networks='["0.0.0.0/0"]'),
        case("everybody's networks in a file", "rspamdSignsStrangers", lintmended.signs_strangers,
             files={SIGNING: rspamd(sign_networks=f'"{NETWORKS}"'), NETWORKS: "0.0.0.0/0\n"}),
        case("a key without a selector", "rspamdKeyWithoutSelector", keys=f'{DOMAIN} {{ path = "{RSPAMD_KEY}"; }}'),
        case("switched off", "rspamdSwitchedOff", enabled="false"),
        case("an old protocol", "postfixMilterProtocol", files={MAIN: main_cf(before, "11332", milter_protocol="2")}),
        case("a key of root alone", "keyUnreadable", prepare=f"chown root:root {RSPAMD_KEY}; chmod 0600 {RSPAMD_KEY}", listed="/etc/rspamd/dkim"),
    ]
