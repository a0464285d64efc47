"""Servers and wishes that are less usual."""

import json
import pathlib
import shlex
import shutil
import subprocess
import tempfile

import installer
import net
import picture
import verify
import wholeway
from box import Box
from exim import Exim
from mail import Mail
from maildomains import DOMAINS, Bundle
from postfix import Postfix
from report import Report
from rspamd import PostfixWithRspamd
from surroundings import World


class Satellite(Exim):
    """Everything goes to the smarthost."""

    def __init__(self) -> None:
        super().__init__(split=False, smarthost=True, both=False)

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.sh("sed -i \"s/'smarthost'/'satellite'/\" /etc/exim4/update-exim4.conf.conf; update-exim4.conf")


def run_exim(world: World) -> None:
    server = Exim(split=True, both=False)
    bundle = world.bundle(server)
    with world.serve(bundle):
        everywhere(world, server, bundle)
        _smarthost_declined(world, bundle)
        _half_a_block(world, server, bundle)
        _macro_used_elsewhere(world, server, bundle)
        _unreadable_afterwards(world, server, bundle)
        _without_split_folders(world, bundle)


def run_postfix(world: World) -> None:
    server = Postfix()
    bundle = world.bundle(server)
    readme = (bundle.folder / "README.txt").read_text()
    world.report.check("README.txt names the Ed25519 keys that OpenDKIM can't use", "-ed25519" in readme and "left out" in readme, readme)
    with world.serve(bundle):
        everywhere(world, server, bundle)
        _linked_networks(world, server, bundle)
        _packages_added(world, server, bundle)


def run_rspamd(world: World) -> None:
    server = PostfixWithRspamd(warm=True)
    bundle = world.bundle(server)
    with world.serve(bundle):
        everywhere(world, server, bundle)


def everywhere(world: World, server, bundle: Bundle) -> None:
    script = str(bundle.folder / "install.sh")
    linted = subprocess.run(["shellcheck", "--shell=sh", script], stdout=subprocess.PIPE, text=True)
    world.report.check("shellcheck has nothing to say about install.sh", linted.returncode == 0, linted.stdout)
    _not_running(world, server, bundle)
    image(world, server, bundle, script)
    _domains_dropped(world, server, bundle)
    _edited_since(world, server, bundle)


def _not_running(world: World, server, bundle: Bundle) -> None:
    with world.box(server, bundle, running=False) as box:
        before = picture.take(box)
        installer.expect(world.report, box, "install where the server does not run", "install")
        server.start(box)
        wholeway.expect_signed(world, server, bundle, "from its start on")
        wholeway.roll_back(world, server, box, before)


def image(world: World, server, bundle: Bundle, script: str) -> None:
    with world.box(server, running=False) as box:
        before = picture.take(box)

        def outside(verb: str) -> None:
            done = subprocess.run(["sh", script, "--root", box.path("/"), verb],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            world.report.check(f"{verb} --root, for a system that does not run", done.returncode == 0, done.stdout)

        outside("check")
        changed = picture.difference(before, picture.take(box))
        world.report.check("check --root changes nothing", not changed, changed)
        outside("install")
        installed = picture.take(box)
        outside("install")
        changed = picture.difference(installed, picture.take(box))
        world.report.check("a second install --root changes nothing", not changed, changed)
        outside("rollback")
        changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
        world.report.check("rollback --root leaves the system as it was, byte for byte", not changed, changed)
        outside("install")
        server.start_all(box)
        wholeway.expect_signed(world, server, bundle, "when the system has started")


def _linked_networks(world: World, server, bundle: Bundle) -> None:
    """The link is the image's, and so is the file that it points to; here is another one of that name."""
    kept = "# the admin's networks\n192.0.2.0/24\n"
    with tempfile.TemporaryDirectory() as folder, world.box(server, running=False) as box:
        elsewhere = pathlib.Path(folder) / "networks"
        box.sh(f"mkdir -p {folder} /etc/opendkim")
        box.write(str(elsewhere), kept)
        box.sh(f"ln -s {elsewhere} /etc/opendkim/TrustedHosts; postconf -e 'mynetworks = 127.0.0.0/8 192.0.2.0/24'")
        elsewhere.write_text("203.0.113.0/24\n")
        before = picture.take(box)
        for verb in ("install", "rollback"):
            done = subprocess.run(["sh", str(bundle.folder / "install.sh"), "--root", box.path("/"), verb],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            world.report.check(f"{verb} --root, where TrustedHosts is an absolute link", done.returncode == 0, done.stdout)
            if verb == "install":
                networks = box.path(str(elsewhere)).read_text()
                world.report.check("what it points to in the image keeps its lines and gets ours",
                                   networks.startswith(kept) and "# BEGIN Sealwright" in networks, networks)
                world.report.check("they are not asked for once more", "signed only if" not in done.stdout, done.stdout)
        world.report.check("the file of that name here stays", elsewhere.read_text() == "203.0.113.0/24\n")
        changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
        world.report.check("rollback --root leaves the link and the file as they were", not changed, changed)


def _domains_dropped(world: World, server, bundle: Bundle) -> None:
    with world.box(server, bundle) as box:
        shutil.copytree(bundle.one_domain, box.path(wholeway.ONE_DOMAIN))
        before = picture.take(box)
        installer.expect(world.report, box, "install for three domains", "install")
        installer.expect(world.report, box, "two of them dropped on purpose", "install", "--replace", bundle=wholeway.ONE_DOMAIN,
                         says=[domain.name for domain in DOMAINS[1:]])
        wholeway.expect_signed(world, server, bundle, "for the one that is left")
        dropped = Mail(f"jan@{DOMAINS[1].name}")
        dropped.by_smtp(net.STRANGER, "jan@example.test", login=server.login)
        message = world.hop.wait_for(dropped.token)
        world.report.check("a dropped domain's mail goes out unsigned", message is not None and not verify.signatures(message), message)
        wholeway.roll_back(world, server, box, before)


def _packages_added(world: World, server, bundle: Bundle) -> None:
    with world.box(server, bundle) as box:
        box.sh("dpkg --purge opendkim >/dev/null 2>&1")
        before = picture.take(box)
        installer.expect_refusal(world.report, box, "without OpenDKIM: refused, and it says how", before=before,
                                 says=["opendkim", "install --install-packages"], restless=server.restless)
        installer.expect(world.report, box, "install --install-packages", "install", "--install-packages", says=["apt installs"])
        wholeway.expect_signed(world, server, bundle, "by the OpenDKIM that apt brought")


def _edited_since(world: World, server, bundle: Bundle) -> None:
    """What the admin writes after the install is not lost with a rollback. On the way: words for scripts, and a real mail."""
    report, mine = world.report, "# the admin's own line\n"
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(report, box, "install", "install")
        _lines_of_json(report, box)
        _real_mails(world, box, bundle)
        box.sh(f"printf %s {shlex.quote(mine)} >>{server.edited}")
        edited = picture.take(box)
        done = installer.run(box, "rollback")
        changed = picture.difference(edited, picture.take(box), but=server.restless)
        report.check("a rollback over later edits is refused, and says which and how",
                     done.returncode != 0 and server.edited in done.stdout and "rollback --replace" in done.stdout and not changed,
                     f"{changed}\n{done.stdout}")
        installer.expect(report, box, "rollback --replace", "rollback", "--replace", says=["edited since"])
        kept = "/var/backups/sealwright/"
        changed = picture.difference(before, picture.take(box), times=False, but=(kept, *server.restless))
        report.check("rollback --replace leaves the system as it was, byte for byte", not changed, changed)
        copies = [path.read_text() for path in box.path(kept).rglob(server.edited.rpartition("/")[2])]
        report.check("a copy with the admin's line is kept", [text.endswith(mine) for text in copies] == [True], copies)


def _lines_of_json(report: Report, box: Box) -> None:
    for verb in ("status", "check", "test"):
        done = installer.run(box, "--json", verb)
        try:
            lines = [json.loads(line) for line in done.stdout.splitlines()]
        except ValueError as error:
            report.check(f"{verb} --json", False, f"{error}\n{done.stdout}")
            continue
        report.check(f"{verb} --json", lines and all(set(line) == {"kind", "text"} for line in lines), done.stdout)


def _real_mails(world: World, box: Box, bundle: Bundle) -> None:
    to = f"someone@{net.NEXT_DOMAIN}"
    installer.expect(world.report, box, "test --send", "test", "--send", to, says=[f"{domain.name}: a mail" for domain in DOMAINS])
    for domain in DOMAINS:
        message = world.hop.wait_for(f"DKIM test of {domain.name}") or b""
        signed_by = {signature.domain for signature in verify.signatures(message)}
        world.report.check(f"the real mail of {domain.name} arrives signed", signed_by == {domain.name}, message)
    for hostile in ("-oQ/tmp", "a b@c.test", "a@b@c", "$(id)@c.test", ""):
        done = installer.run(box, "test", "--send", hostile)
        world.report.check(f"--send {hostile!r} is refused", done.returncode != 0 and "no address" in done.stdout, done.stdout)


def _smarthost_declined(world: World, bundle: Bundle) -> None:
    server = Satellite()
    with world.box(server, bundle) as box:
        before = picture.take(box)
        installer.expect(world.report, box, "check tells what a smarthost means", "check", says=["smarthost", "--no-smarthost-signing"])
        installer.expect(world.report, box, "install --no-smarthost-signing", "install", "--no-smarthost-signing")
        changed = picture.difference(before, picture.take(box))
        world.report.check("the smarthost transport stays as it was",
                           "conf.d/transport" not in changed and "exim4.conf.template" not in changed, changed)
        wholeway.expect_unsigned(world, server, box, "through the smarthost, as asked")
        installer.expect(world.report, box, "test knows what was asked", "test", says=["would be signed"])
        installer.expect(world.report, box, "a later install keeps to it", "install", says=["nothing to do"])
        installer.expect(world.report, box, "install --smarthost-signing takes it back", "install", "--smarthost-signing")
        wholeway.expect_signed(world, server, bundle, "through the smarthost, after all")
        wholeway.roll_back(world, server, box, before)


def _half_a_block(world: World, server, bundle: Bundle) -> None:
    """With one of our marks gone, what stands behind it could be anybody's."""
    for line in ("BEGIN", "END"):
        with world.box(server, bundle) as box:
            installer.expect(world.report, box, "install", "install")
            box.sh(f"sed -i '/^# {line} Sealwright/d' {server.edited}; echo '# mine' >>{server.edited}; printf x >>/mnt/bundle/keys/note")
            box.sh("rm -rf /etc/exim4/dkim/example.test")  # so that there is something to do
            installer.expect_refusal(world.report, box, f"a lost line {line}: refused, and nothing is lost", says=["mend that first", server.edited],
                                     restless=server.restless)


def _macro_used_elsewhere(world: World, server, bundle: Bundle) -> None:
    with world.box(server, bundle) as box:
        box.write("/etc/exim4/conf.d/main/10_own", "DKIM_FOLDER = /var/log/exim4\nDKIM_SELECTOR = mine\nlog_file_path = DKIM_FOLDER/%slog\n")
        box.sh("update-exim4.conf")
        before = picture.take(box)
        done = installer.run(box, "install", "--replace")
        changed = picture.difference(before, picture.take(box), but=server.restless)
        world.report.check("a macro that is used for more than signing stays, and the install says why",
                           done.returncode != 0 and "DKIM_FOLDER is used for more" in done.stdout and not changed, f"{changed}\n{done.stdout}")


def _unreadable_afterwards(world: World, server, bundle: Bundle) -> None:
    with world.box(server, bundle) as box:
        done = installer.run(box, "test")
        world.report.check("test before the install says so", done.returncode != 0 and "not installed here yet" in done.stdout, done.stdout)
        installer.expect(world.report, box, "install", "install")
        box.sh("echo no_such_option = 1 >/etc/exim4/conf.d/main/99_broken")
        done = installer.run(box, "status")
        world.report.check("status tells of a configuration that was broken since", done.returncode != 0 and "no_such_option" in done.stdout, done.stdout)
        done = installer.run(box, "--json", "status")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        world.report.check("and so it does for scripts", any("no_such_option" in line["text"] for line in lines), done.stdout)


def _without_split_folders(world: World, bundle: Bundle) -> None:
    server = Exim(split=False, both=False)
    with world.box(server, bundle) as box:
        box.sh("rm -rf /etc/exim4/conf.d")
        before = picture.take(box)
        installer.expect(world.report, box, "install where conf.d was removed", "install")
        wholeway.expect_signed(world, server, bundle, "without conf.d")
        wholeway.roll_back(world, server, box, before)
