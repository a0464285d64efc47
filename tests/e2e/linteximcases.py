"""What people have set up for exim."""

import lintmended
from box import Box
from exim import Exim
from lintmended import DOMAIN, SELECTOR, Case

MACROS = "/etc/exim4/exim4.conf.localmacros"
PIECE = "/etc/exim4/conf.d/main/00_dkim"
DEBIAN = "/etc/exim4/update-exim4.conf.conf"
TEMPLATE = "/etc/exim4/exim4.conf.template"
WHOLE = "/etc/exim4/exim4.conf"
KEYS = "/etc/exim4/dkim"

OF_FROM = "${lc:${domain:$rh_from:}}"
WORKING = {
    "DKIM_CANON": "relaxed",
    "DKIM_DOMAIN": "${if or{{!def:sender_host_address}{def:authenticated_id}{match_ip{$sender_host_address}{+relay_from_hosts}}}"
                   f"{{{OF_FROM}}}}}",
    "DKIM_SELECTOR": SELECTOR,
    "DKIM_PRIVATE_KEY": f"${{lookup{{$dkim_domain.pem}}dsearch,ret=full{{{KEYS}}}{{$value}}{{0}}}}",
    "DKIM_SIGN_HEADERS": "+From:=To:=Subject:=Date",
}


def macros(**changed: str | None) -> str:
    """Those that work, but for these; None: left out."""
    lines = {**WORKING, **changed}
    return "".join(f"{name} = {value}\n" for name, value in lines.items() if value is not None)


def whole(remote: str, other: str = "", router: str = "remote") -> str:
    """A configuration of one's own, without Debian's."""
    return f"""primary_hostname = mail.{DOMAIN}
domainlist local_domains = @
begin routers
out:
  driver = dnslookup
  domains = ! +local_domains
  transport = {router}
local:
  driver = accept
  transport = mailbox
begin transports
remote:
  driver = smtp
{remote}{other}mailbox:
  driver = appendfile
  file = /var/mail/all
  user = mail
"""


def options(**changed: str | None) -> str:
    lines = {"dkim_domain": DOMAIN, "dkim_selector": SELECTOR, "dkim_private_key": f"{KEYS}/{DOMAIN}.pem", "dkim_canon": "relaxed",
             "dkim_sign_headers": "+From:=To:=Subject:=Date", **changed}
    return "".join(f"  {name} = {value}\n" for name, value in lines.items() if value is not None)


class Setup(Exim):
    places = (MACROS, PIECE, f"{PIECE}.conf", WHOLE, TEMPLATE, DEBIAN, f"{KEYS}/selectors")
    modes = (f"chown -R root:Debian-exim {KEYS}; find {KEYS} -type d -exec chmod 0750 {{}} +; find {KEYS} -type f -exec chmod 0640 {{}} +\n")

    def __init__(self, key: str) -> None:
        super().__init__(split=False)
        self._key = key
        self.cases: list[Case] = []
        self.files: dict[str, str] = {}

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh(f"mkdir -p {KEYS}/{DOMAIN}")
        for name in (f"{DOMAIN}.pem", f"{DOMAIN}/{SELECTOR}.pem"):
            box.write(f"{KEYS}/{name}", self._key)
        self.files = {path: box.path(path).read_text() for path in (TEMPLATE, DEBIAN)} | {MACROS: macros()}
        self.cases = cases(self.files[DEBIAN])

    def restart(self, box: Box) -> None:
        """Each sendmail reads it anew. What exim knows of hosts that held mail is forgotten."""
        box.run("sh", "-c", "update-exim4.conf; rm -f /var/spool/exim4/db/*")

    def listen(self, box: Box) -> None:
        box.sh("service exim4 restart </dev/null >/dev/null 2>&1")


def cases(debian: str) -> list[Case]:
    by_sendmail = lintmended.unsigned(lintmended.by_sendmail)
    split = debian.replace("dc_use_split_config='false'", "dc_use_split_config='true'")
    smarthost = debian.replace("'internet'", "'smarthost'").replace("dc_smarthost=''", "dc_smarthost='smarthost.next.test'")
    refuses = refused_by_exim

    def case(words: str, code: str, shows=by_sendmail, prepare: str = "", listed: str = "", files: dict[str, str | None] | None = None,
             **changed: str | None) -> Case:
        return Case(f"exim, {words}", code, shows, files or {MACROS: macros(**changed)}, prepare, listed)

    howto = {MACROS: macros(DKIM_FILE=f"{KEYS}/{OF_FROM}.pem", DKIM_PRIVATE_KEY="${if exists{DKIM_FILE}{DKIM_FILE}{0}}")}
    return [
        case("the how-to of 2016", "eximTaintedKeyPath", files=howto),
        case("a file of the domain", "eximTaintedKeyPath", DKIM_PRIVATE_KEY=f"{KEYS}/$dkim_domain.pem"),
        case("a folder of the domain", "eximTaintedKeyPath", DKIM_PRIVATE_KEY=f"{KEYS}/$dkim_domain/{SELECTOR}.pem"),
        case("a folder of the domain, a file of the selector", "eximTaintedKeyPath", DKIM_PRIVATE_KEY=f"{KEYS}/${{dkim_domain}}/$dkim_selector.pem"),
        case("a path of the field itself", "eximTaintedKeyPath", DKIM_PRIVATE_KEY=f"{KEYS}/${{domain:$h_from:}}.pem"),
        case("a decoded From:", "eximDecodedFrom",
             lintmended.unsigned(lintmended.by_sendmail, f"=?utf-8?q?M=C3=BCller=2C_Jan?= <jan@{DOMAIN}>"),
             DKIM_DOMAIN=WORKING["DKIM_DOMAIN"].replace("$rh_from:", "$h_from:")),
        case("no condition", "eximSignsStrangers", lintmended.signs_strangers, DKIM_DOMAIN=OF_FROM),
        case("the domain of MAIL FROM", "eximDomainOfMailFrom", lintmended.unsigned(lintmended.by_bounce), DKIM_DOMAIN="$sender_address_domain"),
        case("the domain of MAIL FROM in braces", "eximDomainOfMailFrom", lintmended.unsigned(lintmended.by_other_mail_from),
             DKIM_DOMAIN="${sender_address_domain}"),
        case("exim's own list of fields", "eximListHeaders", lintmended.breaks(lintmended.list_id), DKIM_SIGN_HEADERS=None),
        case("exim's own list oversigned", "eximListHeaders", lintmended.breaks(lintmended.list_id), DKIM_SIGN_HEADERS="_DKIM_OVERSIGN_HEADERS"),
        case("List-Id oversigned", "eximListHeaders", lintmended.breaks(lintmended.list_id), DKIM_SIGN_HEADERS="+From:+List-Id"),
        case("From once", "eximFromOnce", lintmended.takes_second_from, DKIM_SIGN_HEADERS="From:Subject"),
        case("simple", "eximSimpleHeader", lintmended.breaks(lintmended.refolded), DKIM_CANON="simple"),
        case("strict, and a key is missing", "eximStrict", lintmended.held, DKIM_STRICT="1", DKIM_PRIVATE_KEY="/etc/exim4/absent.pem"),
        case("small letters", "eximLowerCaseMacro", files={MACROS: macros(DKIM_SELECTOR=None) + f"dkim_selector = {SELECTOR}\n"}),
        case("a macro twice", "eximDefinedTwice", refuses, files={MACROS: macros() + "DKIM_CANON = relaxed\n"}),
        case("a brace too few", "eximBracesUnbalanced", DKIM_DOMAIN=WORKING["DKIM_DOMAIN"][:-1]),
        case("a brace too many", "eximBracesUnbalanced", DKIM_SELECTOR=f"${{lc:{SELECTOR}}}}}"),
        case("no selector", "eximIncomplete", files={MACROS: macros(DKIM_SELECTOR=None), f"{KEYS}/selectors": f"{DOMAIN}: {SELECTOR}\n"}),
        case("no key", "eximIncomplete", DKIM_PRIVATE_KEY=None),
        case("a full stop in the file's name", "eximFileIgnored", files={DEBIAN: split, MACROS: "", f"{PIECE}.conf": macros()}),
        case("macros of the other kind, split", "eximOtherConfigRead", files={DEBIAN: split, MACROS: macros()}),
        case("macros of the other kind, monolithic", "eximOtherConfigRead", files={PIECE: macros(), MACROS: ""}),
        case("a smarthost", "eximTransportUnsigned", files={DEBIAN: smarthost, MACROS: macros()}),
        case("a transport without DKIM", "eximTransportUnsigned", files={MACROS: None, WHOLE: whole("", f"second:\n  driver = smtp\n{options()}")}),
        case("a tainted path in the transport", "eximTaintedKeyPath",
             files={MACROS: None, WHOLE: whole(options(dkim_domain=WORKING["DKIM_DOMAIN"].replace("+relay_from_hosts", "127.0.0.1"),
                                         dkim_private_key=f"{KEYS}/$dkim_domain.pem"))}),
        case("DKIM in a mailbox", "eximMisplaced", refuses, files={MACROS: None, WHOLE: whole(options()) + options(dkim_sign_headers=None)}),
        case("exim's own list of fields in the transport", "eximListHeaders", lintmended.breaks(lintmended.list_id),
             files={MACROS: None, WHOLE: whole(options(dkim_sign_headers=None))}),
        case("a key of root alone", "keyUnreadable", prepare=f"chown root:root {KEYS}/*.pem; chmod 0600 {KEYS}/*.pem", listed=KEYS),
        case("a folder of root alone", "keyFolderClosed", prepare=f"chown root:root {KEYS}; chmod 0700 {KEYS}", listed=KEYS),
    ]


def refused_by_exim(trial: lintmended.Trial) -> bool:
    """update-exim4.conf keeps the old configuration then."""
    box = trial.box
    return box.run("sh", "-c", "update-exim4.conf && exim4 -bV").returncode != 0 or lintmended.unsigned(lintmended.by_sendmail)(trial)
