"""exim as its own example sets it up, in the one file that the admin adapted; and the configurations admins already have."""

import installer
import net
import picture
import settings
import verify
import wholeway
from box import Box
from exim import AUTHENTICATOR, Exim
from mail import Mail
from maildomains import DOMAINS, Bundle, some_rsa_key
from surroundings import World

CONFIG = "/etc/exim4/exim4.conf"
EXAMPLE = "/usr/share/doc/exim4-base/examples/example.conf"  # upstream's, but for the paths
RELAYS = "hostlist   relay_from_hosts = localhost"
SMARTHOST = f"ROUTER_SMARTHOST = smarthost.{net.NEXT_DOMAIN}\n"
BEGIN, END = "# BEGIN Sealwright", "# END Sealwright"


class OneFile(Exim):
    """As the example's own comments tell: local domains, hosts that may relay, an authenticator."""

    stack = "exim"
    edited = CONFIG

    def __init__(self, both: bool = True, smarthost: bool = False) -> None:
        super().__init__(both=both, smarthost=smarthost)

    def prepare(self, box: Box, domains: list[str]) -> None:
        box.write("/etc/aliases", f"root: someone@{net.NEXT_DOMAIN}\nforward: someone@{net.NEXT_DOMAIN}\n")
        box.write(CONFIG, self.adapted(box.path(EXAMPLE).read_text(), domains))
        box.sh(f"chown root:Debian-exim {CONFIG}; chmod 0640 {CONFIG}")

    def adapted(self, text: str, domains: list[str]) -> str:
        text = replaced(text, "domainlist local_domains = @\n", f"domainlist local_domains = @ : {' : '.join(domains)}\n")
        text = replaced(text, RELAYS, f"{RELAYS} : {net.RELAY_CLIENT}")
        text = replaced(text, "\nbegin authenticators\n", f"\nbegin authenticators\n{AUTHENTICATOR}")
        text = replaced(text, "# group = mail\n# mode = 0660\n", "  group = mail\n  mode = 0660\n")  # as Debian's /var/mail wants it
        # The strangers of our tests send from domains that no name server knows.
        text = replaced(text, "  require verify        = sender\n", "")
        text = replaced(text, "  hosts_require_tls = *\n  tls_verify_hosts = *\n", "")  # of the smarthost
        return f"{SMARTHOST}{text}" if self.smarthost else text

    def send_through(self, box: Box, smarthost: str) -> None:
        text = box.path(CONFIG).read_text().removeprefix(SMARTHOST)
        box.write(CONFIG, f"{SMARTHOST}{text}" if smarthost else text)
        box.sh("service exim4 reload </dev/null >/dev/null 2>&1")


def replaced(text: str, old: str, new: str) -> str:
    """Once, and only where it stands: an example that has changed must not go unnoticed."""
    if old not in text:
        raise RuntimeError(f"not in the configuration: {old}")
    return text.replace(old, new, 1)


def run_settings(world: World) -> None:
    server = OneFile(both=False)
    bundle = world.bundle(server)
    readme = (bundle.folder / "README.txt").read_text()
    world.report.check("README.txt shows the lines", "DKIM_DOMAIN = ${if" in readme and "dkim_domain = DKIM_DOMAIN" in readme, readme)
    with world.serve(bundle):
        settings.everywhere(world, server, bundle)
        _every_other_octet(world, server, bundle)
        _own_lines(world, server, bundle)
        _smarthost(world, bundle)
        _relay_lists(world, bundle)
        _included(world, server, bundle)
        _other_group(world, bundle)
        _no_service(world, server, bundle)
        _slow(world, server, bundle)
        _refused(world, server, bundle)
        _other_stack(world, bundle)


_LMTP = "\nmailbox_lmtp:\n  driver = smtp\n  hosts = 127.0.0.1\n  allow_localhost\n  port = 24\n  protocol = lmtp\n"
_SHORT = f"""domainlist local_domains = @
hostlist relay_from_hosts = 127.0.0.1
acl_smtp_rcpt = accept
begin routers
out:
  driver = dnslookup
  transport = out
begin transports
out:
  driver = smtp"""
FORMS = {
    "the example": lambda text: text,
    "without a newline at its end": lambda text: text.rstrip("\n"),
    "octets that are no UTF-8": lambda text: f"# \udcfc\udce4\n{text}",
    "a short one whose last line is the driver": lambda text: _SHORT,
    "lines that end as on Windows": lambda text: f"{_SHORT}\n".replace("\n", "\r\n"),  # exim takes them, but for .ifdef
    "options before the driver, in quotes": lambda text: _SHORT.replace("  driver = smtp", "  disable_logging\n  driver\t=\t\"smtp\"\n  port = 25\n"),
    "a setting in its first line": lambda text: f"qualify_domain = {net.SERVER_NAME}\n{text}",
    "a condition around everything": lambda text: f".ifdef NEVER\nno_such_option = 1\n.else\n{text}.endif\n",
    "a transport that speaks lmtp": lambda text: replaced(text, "\nbegin retry\n", f"{_LMTP}\nbegin retry\n"),
}


def _every_other_octet(world: World, server: OneFile, bundle: Bundle) -> None:
    """Whatever stands there: only our lines are added, exim takes them, and they go again."""
    report = world.report
    with world.box(server, bundle, running=False) as box:
        original = box.path(CONFIG).read_text()
        for words, form in FORMS.items():
            octets = form(original).encode(errors="surrogateescape")
            box.path(CONFIG).write_bytes(octets)
            before = picture.take(box)
            installer.expect(report, box, f"{words}: install", "install")
            installed = box.path(CONFIG).read_bytes()
            rest = _without_blocks(installed)
            report.check(f"{words}: every other octet stays", rest.rstrip(b"\n") == octets.rstrip(b"\n") and len(installed) > len(octets),
                         installed.decode(errors="replace"))
            report.check(f"{words}: it ends as before", installed.endswith(b"\n") == octets.endswith(b"\n"), installed[-80:])
            unsigned = [name for name in _transports(box) if not _signs(box, name)]
            lmtp = ["mailbox_lmtp"] if b"mailbox_lmtp" in octets else []
            report.check(f"{words}: every transport but lmtp signs", unsigned == lmtp, unsigned)
            installer.expect(report, box, f"{words}: test", "test", says=["would be signed"])
            installer.expect(report, box, f"{words}: a second install finds nothing to do", "install", says=["nothing to do"])
            wholeway.roll_back(world, server, box, before)
        panic = box.sh("cat /var/log/exim4/paniclog 2>/dev/null || true")
        report.check("exim has nothing to complain of in its paniclog", not panic, panic)


def _without_blocks(octets: bytes) -> bytes:
    kept, ours = [], False
    for line in octets.splitlines(keepends=True):
        ours = ours or line.startswith(BEGIN.encode())
        if not ours:
            kept.append(line)
        ours = ours and not line.startswith(END.encode())
    return b"".join(kept)


def _transports(box: Box) -> list[str]:
    """Those that exim knows with driver smtp."""
    names = box.sh("exim4 -bP transport_list").split()
    return [name for name in names if "\ndriver = smtp\n" in box.sh(f"exim4 -bP transport {name}")]


def _signs(box: Box, transport: str) -> bool:
    return "dkim_domain = ${if" in box.sh(f"exim4 -bP transport {transport}")


OWN_KEY = "/etc/exim4/own.pem"
OWN_LINES = f"""  dkim_domain = ${{lc:${{domain:$rh_from:}}}}
  dkim_selector = own
  hide dkim_private_key = \\
    {OWN_KEY}
"""


def _own_lines(world: World, server: OneFile, bundle: Bundle) -> None:
    report = world.report
    with world.box(server, bundle) as box:
        text = replaced(box.path(CONFIG).read_text(), "remote_smtp:\n  driver = smtp\n", f"remote_smtp:\n  driver = smtp\n{OWN_LINES}")
        box.write(CONFIG, f"DKIM_STRICT = false\n{text}")
        box.write(OWN_KEY, some_rsa_key())
        box.sh(f"chown Debian-exim {OWN_KEY}; service exim4 reload </dev/null >/dev/null 2>&1")
        before = picture.take(box)
        installer.expect_refusal(report, box, "an admin's own lines are not replaced without being asked",
                                 says=["DKIM_STRICT", "dkim_selector = own", OWN_KEY, "--replace"])
        installer.expect(report, box, "install --replace", "install", "--replace")
        commented = [line for line in box.path(CONFIG).read_text().splitlines() if line.startswith("# ") and "dkim_" in line.lower()]
        report.check("they are commented out", any(OWN_LINES.splitlines()[1] in line for line in commented), commented)
        wholeway.expect_signed(world, server, bundle, "instead of with the admin's lines")
        wholeway.roll_back(world, server, box, before)
        box.write(CONFIG, f"DKIM_FOLDER = /var/log\nlog_file_path = DKIM_FOLDER/%slog\n{text}")
        done = installer.run(box, "install", "--replace")
        report.check("a macro of theirs that is used elsewhere is not taken away",
                     done.returncode != 0 and "log_file_path = DKIM_FOLDER" in done.stdout and BEGIN not in box.path(CONFIG).read_text(),
                     done.stdout)


def _smarthost(world: World, bundle: Bundle) -> None:
    server = OneFile(both=False, smarthost=True)
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(world.report, box, "check tells what a smarthost means", "check",
                         says=["smarthost_smtp", "--no-smarthost-signing"])
        installer.expect(world.report, box, "install", "install")
        wholeway.expect_signed(world, server, bundle, "through the smarthost")
        installer.expect(world.report, box, "install --no-smarthost-signing, over it", "install", "--no-smarthost-signing")
        signing = [name for name in _transports(box) if _signs(box, name)]
        world.report.check("only the other transport signs", signing == ["remote_smtp"], signing)
        wholeway.expect_unsigned(world, server, box, "through the smarthost, as asked")
        wholeway.roll_back(world, server, box, before)


class OtherList(OneFile):
    """Another name for the hosts that may relay, and an authenticator that does not tell who came."""

    def __init__(self, name: str) -> None:
        super().__init__(both=False)
        self.name = name

    def adapted(self, text: str, domains: list[str]) -> str:
        text = super().adapted(text, domains).replace("relay_from_hosts", self.name)
        return replaced(text, "  server_set_id = $auth2\n", "")


def _relay_lists(world: World, bundle: Bundle) -> None:
    for name, is_signed in (("relay_hosts", True), ("friends", False)):
        server = OtherList(name)
        with world.box(server, bundle) as box:
            before = picture.take(box)
            installer.expect(world.report, box, f"install beside a hostlist {name}", "install",
                             says=[] if is_signed else ["no hostlist relay_from_hosts"])
            wholeway.expect_signed(world, server, bundle, f"with the hostlist {name}, for a user with a password")
            mail = Mail(f"jan@{DOMAINS[0].name}")
            mail.by_smtp(net.RELAY_CLIENT, f"jan@{DOMAINS[0].name}")
            message = world.hop.wait_for(mail.token) or b""
            world.report.check(f"mail of a host in {name} is {'signed' if is_signed else 'not signed'}",
                               message and bool(verify.signatures(message)) == is_signed, message)
            forged = Mail(f"boss@{DOMAINS[0].name}")
            forged.by_smtp(net.STRANGER, "crook@elsewhere.test", to=f"forward@{DOMAINS[0].name}")
            message = world.hop.wait_for(forged.token) or b""
            world.report.check("a stranger's forgery is not", message and not verify.signatures(message), message)
            wholeway.roll_back(world, server, box, before)


def _included(world: World, server: OneFile, bundle: Bundle) -> None:
    """The transports in a file of their own, and the configuration behind a link."""
    report, real, part = world.report, "/etc/mailconfig/main.conf", "/etc/mailconfig/transports.conf"
    with world.box(server, bundle) as box:
        main, transports = box.path(CONFIG).read_text().split("\nbegin transports\n")
        transports, rest = transports.split("\nbegin retry\n")
        box.sh(f"mkdir /etc/mailconfig; mv {CONFIG} {real}; ln -s ../mailconfig/main.conf {CONFIG}")
        box.write(real, f"{main}\nbegin transports\n.include ../mailconfig/transports.conf\nbegin retry\n{rest}")
        box.write(part, transports)
        installer.expect_refusal(report, box, "transports in another file are left to the admin, who gets the lines",
                                 says=["mailconfig/transports.conf", "remote_smtp", "dkim_domain = DKIM_DOMAIN"])
        block = (bundle.folder / "files/exim.conf/transport").read_text()
        box.write(part, transports.replace("  driver = smtp\n", f"  driver = smtp\n{block}"))
        wholeway.expect_unsigned(world, server, box, "with these lines alone")
        before = picture.take(box)
        installer.expect(report, box, "with these lines there, install", "install")
        report.check("a link stays one", box.path(CONFIG).is_symlink() and BEGIN in box.path(real).read_text(), box.sh("ls -l /etc/exim4"))
        wholeway.expect_signed(world, server, bundle, "by the included transports")
        wholeway.roll_back(world, server, box, before)
        box.write(part, f"DKIM_SELECTOR = own\n{transports}")
        installer.expect_refusal(report, box, "DKIM lines of the admin's in it are left to him, too", says=["mailconfig/transports.conf", "DKIM_SELECTOR = own"])


class OtherGroup(OneFile):
    """FreeBSD's group, for example: what install.sh has to learn from exim itself."""

    def adapted(self, text: str, domains: list[str]) -> str:
        return f"exim_group = mail\n{super().adapted(text, domains)}"


def _other_group(world: World, bundle: Bundle) -> None:
    server = OtherGroup(both=False)
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(world.report, box, "install where exim runs with another group", "install")
        owners = set(box.sh("find /etc/exim-dkim -printf '%U:%g %m\\n'").splitlines())
        world.report.check("keys and tables are that group's", owners == {"0:mail 750", "0:mail 640"}, owners)
        wholeway.expect_signed(world, server, bundle, "with that group")
        wholeway.roll_back(world, server, box, before)


def _no_service(world: World, server: OneFile, bundle: Bundle) -> None:
    """Started by hand, as on a system whose service manager we do not know."""
    with world.box(server, bundle, running=False) as box:
        box.sh("mv /etc/init.d/exim4 /etc/init.d/other; install -d -o Debian-exim /run/exim4; exim4 -bd -q30m </dev/null >/dev/null 2>&1")
        installer.expect(world.report, box, "install beside an exim that was started by hand", "install", says=["exim reloaded"])
        world.report.check("it was told to read its configuration again", server.reloads(box) == 1, server.log(box))
        wholeway.expect_signed(world, server, bundle, "by it")


def _slow(world: World, server: OneFile, bundle: Bundle) -> None:
    """A server with much to do: mail that comes right after install.sh is signed all the same."""
    with world.box(server, bundle) as box:
        box.sh("pid=$(cat /run/exim4/exim.pid); kill -STOP $pid; (sleep 3; kill -CONT $pid) </dev/null >/dev/null 2>&1 &")
        installer.expect(world.report, box, "install beside an exim that is slow", "install", says=["exim4 reloaded"])
        world.report.check("it has begun to read its configuration again", server.reloads(box) == 1, server.log(box))


def _refused(world: World, server: OneFile, bundle: Bundle) -> None:
    report = world.report
    with world.box(server, bundle) as box:
        whole = box.path(CONFIG).read_text()
        installer.expect(report, box, "install", "install")
        installed = box.path(CONFIG).read_text()
        box.write(CONFIG, installed.replace(f"{END}\n", "", 1))
        installer.expect_refusal(report, box, "half a block of ours: the lines behind it are not taken for ours", says=[END[2:]])
        box.write(CONFIG, installed)
        installer.expect(report, box, "rollback", "rollback")
        box.write(CONFIG, f"no_such_option = 1\n{whole}")
        installer.expect_refusal(report, box, "a configuration that exim can't read", says=["cannot read", "no_such_option"])


def _other_stack(world: World, bundle: Bundle) -> None:
    """Each of the two bundles knows where the other is the right one."""
    report, debian = world.report, Exim(both=False)
    with world.box(debian, bundle) as box:
        installer.expect_refusal(report, box, "where exim reads Debian's configuration: refused", says=["exim4 on Debian"])
    server = OneFile(both=False)
    with world.box(server, world.bundle(debian)) as box:
        installer.expect_refusal(report, box, "exim4-debian where it reads its one file: refused",
                                 says=["exim with one configuration file"])
