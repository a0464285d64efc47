"""Installs that can't succeed: the server has to be as it was, whatever stops them, and whenever."""

import dataclasses
import shutil
from collections.abc import Callable

import installer
import picture
import wholeway
from box import Box
from exim import Exim
from maildomains import Bundle
from onefile import OneFile
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import BUNDLE, World


@dataclasses.dataclass(frozen=True)
class Obstacle:
    """Something on the server that an install must stumble over, and what install.sh then says."""

    words: str
    prepare: Callable[[Box], object]
    says: str


def program_refuses(program: str, arguments: str, once: str = "true") -> Callable[[Box], object]:
    """In the place of the program: does the same, but fails when called with these arguments (a pattern of sh), once that is true."""
    def prepare(box: Box) -> None:
        path = box.sh(f"command -v {program}").strip()
        box.sh(f"mv {path} {path}.real")
        box.write(path, f"#!/bin/sh\ncase \"$*\" in\n{arguments}) if {once}; then echo 'no, says the test' >&2; exit 1; fi ;;\nesac\n"
                  f"exec {path}.real \"$@\"\n")
        box.sh(f"chmod 0755 {path}")
    return prepare


def _small_disk(folder: str, room: int) -> Callable[[Box], object]:
    """The folder on a disk of its own with that much room left (KiB; a size of 0 would mean without limit)."""
    return lambda box: box.sh(f"""
        cp -a {folder} /run/copy
        mount -t tmpfs -o size=100m tmpfs {folder}
        cp -aT /run/copy {folder}
        used=$(df --output=used {folder} | tail -n 1)
        mount -o remount,size=$((used + {room}))k {folder}
    """)


def _another_milter(box: Box) -> None:
    box.write("/etc/other.conf", "Mode v\nSocket inet:8891@127.0.0.1\nUserID opendkim\nPidFile /run/other.pid\n")
    box.sh("cp /usr/sbin/opendkim /usr/local/sbin/other-milter; /usr/local/sbin/other-milter -x /etc/other.conf </dev/null >/dev/null 2>&1")


def _a_listener(box: Box) -> None:
    program = "use IO::Socket::INET; my $it = IO::Socket::INET->new(LocalAddr => '127.0.0.1:11332', Listen => 1) or die; exit if fork; sleep"
    box.sh(f'perl -e "{program.replace("$", chr(92) + "$")}" </dev/null >/dev/null 2>&1')


def _bundle_of(stack: str) -> Obstacle:
    """Installed before, and main.cf is as it left it."""
    folder = f"/var/backups/sealwright/{stack}/original"
    return Obstacle(f"a bundle for {stack}", lambda box: box.sh(f"mkdir -p {folder}; echo 'file 1 - /etc/postfix/main.cf' >{folder}/list"),
                    f"{stack} is installed here")


EXIM = [
    Obstacle("an exim4.conf of the admin's", lambda box: box.write("/etc/exim4/exim4.conf", "# mine\n"), "exim4.conf exists"),
    Obstacle("an admin's fragment that exim does not accept",
             lambda box: box.write("/etc/exim4/conf.d/main/99_broken", "no_such_option = 1\n"), "update-exim4.conf"),
    Obstacle("a failing exim4 -bV", program_refuses("exim4", "-bV"), "exim4 -bV"),
    Obstacle("a reload that fails", program_refuses("service", "'exim4 reload'"), "reload"),
    *(Obstacle(f"{room} KiB left for /etc/exim4", _small_disk("/etc/exim4", room), "") for room in (0, 12, 20)),
    *(Obstacle(f"{room} KiB left for backups", _small_disk("/var/backups", room), "back up") for room in (4, 8)),
    Obstacle("no room for exim's generated configuration", _small_disk("/var/lib/exim4", 4), "update-exim4.conf"),
]
_POSTFIX_ITSELF = [  # whoever signs beside it
    Obstacle("a failing postfix check", program_refuses("postfix", "check"), "postfix check"),
    Obstacle("a reload that fails", program_refuses("postfix", "reload"), "reload"),
    Obstacle("a main.cf that Postfix can't read", lambda box: box.sh("echo 'if this were a setting' >>/etc/postfix/main.cf"), "main.cf"),
    Obstacle("no room for main.cf", _small_disk("/etc/postfix", 0), "main.cf"),
    Obstacle("no room for backups", _small_disk("/var/backups", 4), "back up"),
]
ONE_FILE = [
    Obstacle("a failing exim -bV of the new file", program_refuses("exim4", "'-C '*'-bV'"), "with our lines"),
    Obstacle("an exim that does not find the tables", program_refuses("exim4", "'-be '*"), "would not sign mail"),
    Obstacle("a failing exim -bV of the file in its place", program_refuses("exim4", "-bV", "grep -q ^DKIM_DOMAIN /etc/exim4/exim4.conf"), "exim -bV"),
    Obstacle("a reload that fails", program_refuses("service", "'exim4 reload'"), "reload"),
    Obstacle("no room for the configuration", _small_disk("/etc/exim4", 4), "/etc/exim4/exim4.conf"),
    Obstacle("no room for backups", _small_disk("/var/backups", 4), "back up"),
    Obstacle("a bundle for exim4-debian", lambda box: box.sh("d=/var/backups/sealwright/exim4-debian/original; mkdir -p $d; : >$d/list"),
             "exim4-debian is installed here"),
]
POSTFIX = [
    *_POSTFIX_ITSELF,
    Obstacle("a failing opendkim -n", program_refuses("opendkim", "-n*"), "opendkim -n"),
    Obstacle("an OpenDKIM that does not start", program_refuses("opendkim", "'-x /etc/opendkim.conf -u'*|'-P '*|'-u '*"), "OpenDKIM"),
    *(Obstacle(f"{room} KiB left for /etc/dkimkeys", _small_disk("/etc/dkimkeys", room), "") for room in (0, 8)),
    Obstacle("keys that others could replace", lambda box: box.sh("chmod 0770 /etc/dkimkeys"), "can be written by others"),
    Obstacle("a taken port", _another_milter, "another program listens on port 8891"),
    _bundle_of("postfix-rspamd"),
]
RSPAMD = [
    *_POSTFIX_ITSELF,
    Obstacle("a failing rspamadm configtest", program_refuses("rspamadm", "configtest"), "rspamadm configtest"),
    Obstacle("an rspamd that does not start", program_refuses("rspamd", "'-c '*"), "does not listen"),
    *(Obstacle(f"{room} KiB left for /etc/rspamd", _small_disk("/etc/rspamd", room), "") for room in (0, 8, 16)),
    Obstacle("a taken port", _a_listener, "another program listens on port 11332"),
    _bundle_of("postfix-opendkim"),
    Obstacle("settings of the admin's that count more", lambda box: box.write("/etc/rspamd/override.d/dkim_signing.conf",
             "use_esld = true;\n"), "counts more"),
    Obstacle("a milter at a local socket", lambda box: box.write("/etc/rspamd/local.d/worker-proxy.inc",
             "bind_socket = \"/run/rspamd/milter.sock mode=0660\";\n"), "local socket"),
]


def run_exim(world: World) -> None:
    _run(world, Exim(split=True, both=False), EXIM, Postfix(), "programs that are not installed here: exim4")


def run_one_file(world: World) -> None:
    missing = "there is no exim on this server"
    _run(world, OneFile(both=False), ONE_FILE, Postfix(), missing, packages_refused=missing)


def run_postfix(world: World) -> None:
    _run(world, Postfix(), POSTFIX, Exim(), "programs that are not installed here: postconf opendkim")


def run_rspamd(world: World) -> None:
    _run(world, PostfixWithRspamd(warm=True), RSPAMD, Exim(), "programs that are not installed here: postconf rspamadm")


def _run(world: World, server, obstacles: list[Obstacle], other_server, missing: str,
         packages_refused: str = "apt would remove") -> None:
    report = world.report
    bundle = world.bundle(server)
    with world.box(other_server, bundle) as box:
        before = picture.take(box)
        installer.expect_refusal(report, box, "the programs are not there", says=[missing], restless=other_server.restless)
        done = installer.run(box, "install", "--install-packages")
        changed = picture.difference(before, picture.take(box), but=other_server.restless)
        report.check("a package that would take the other mail server's place is not installed",
                     done.returncode != 0 and packages_refused in done.stdout and not changed, f"{changed}\n{done.stdout}")
    with world.serve(bundle):
        with world.box(server, bundle) as box:
            _damaged(world, box, bundle)
            _damaged_self_check(world, box, bundle)
            _half_a_script(world, box, bundle)
            for program, signal in (("mv", "TERM"), ("chmod", "HUP"), ("chown", "KILL")):
                _cut_short(world, server, box, program, signal)
            wholeway.expect_unsigned(world, server, box, "after all that")
            installer.expect(report, box, "and the install succeeds where nothing is in its way", "install")
            wholeway.expect_signed(world, server, bundle, "after it")
        for obstacle in obstacles:
            with world.box(server, bundle) as box:
                obstacle.prepare(box)
                installer.expect_refusal(report, box, f"{obstacle.words}: refused, and nothing is changed", says=[obstacle.says],
                                         restless=server.restless)


def _damaged(world: World, box: Box, bundle: Bundle) -> None:
    """One octet, in the middle of every file and all over install.sh."""
    before = picture.take(box)
    for file in sorted(path for path in bundle.folder.rglob("*") if path.is_file()):
        name = str(file.relative_to(bundle.folder))
        whole = file.read_bytes()
        places = range(len(whole) // 40, len(whole), len(whole) // 20) if name == "install.sh" else [len(whole) // 2]
        for place in places:
            octets = bytearray(whole)
            octets[place] ^= 1
            box.path(f"{BUNDLE}/{name}").write_bytes(octets)
            if name == "install.sh":  # it can't answer for its own exit status then
                _check_harmless(world, box, before, f"install.sh with octet {place} changed")
            else:
                installer.expect_refusal(world.report, box, f"{name} with octet {place} changed is refused", before=before)
        box.path(f"{BUNDLE}/{name}").unlink()
        if name != "install.sh":
            installer.expect_refusal(world.report, box, f"a bundle without {name} is refused", before=before)
        shutil.copy2(file, box.path(f"{BUNDLE}/{name}"))


def _check_harmless(world: World, box: Box, before: picture.Picture, words: str) -> None:
    done = installer.run(box, "install")
    changed = picture.difference(before, picture.take(box), times=False)
    world.report.check(f"{words}: nothing is changed", not changed, f"{changed}\n{done.stdout}")


def _damaged_self_check(world: World, box: Box, bundle: Bundle) -> None:
    """The lines that look for damage, damaged themselves."""
    before = picture.take(box)
    whole = (bundle.folder / "install.sh").read_bytes()
    places = []
    for begin, end in ((b"\nverified=no\n", b"\n}\n"), (b"    [ \"$verb\" = rollback ] || verify", b"exit 1\n")):
        places += range(whole.index(begin), whole.index(end, whole.index(begin)), 5)
    for place in places:
        box.path(f"{BUNDLE}/install.sh").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:])
        installer.run(box, "install")
    shutil.copy2(bundle.folder / "install.sh", box.path(f"{BUNDLE}/install.sh"))
    changed = picture.difference(before, picture.take(box), times=False)
    world.report.check("install.sh with any octet of its own check changed: nothing is changed", not changed, changed)


def _half_a_script(world: World, box: Box, bundle: Bundle) -> None:
    """A copy that broke off: a shell runs what it has."""
    before = picture.take(box)
    whole = (bundle.folder / "install.sh").read_text()
    for percent in (10, 50, 90, 99):
        box.write(f"{BUNDLE}/install.sh", whole[:len(whole) * percent // 100])
        _check_harmless(world, box, before, f"{percent} % of install.sh")
    box.write(f"{BUNDLE}/install.sh", whole)


def end_install_in(box: Box, program: str, signal: str) -> str:
    """Ends install.sh in its n-th call of that program; n is what stands in /run/e2e-left. Returns what does it."""
    shim = f"/usr/sbin/{program}"  # install.sh looks there first
    box.write(shim, f"""#!/bin/sh
if grep -q install.sh "/proc/$PPID/cmdline"; then
    read -r left </run/e2e-left
    echo $((left - 1)) >/run/e2e-left
    [ "$left" != 1 ] || kill -{signal} "$PPID"
fi
exec /usr/bin/{program} "$@"
""")
    box.sh(f"chmod 0755 {shim}")
    return shim


def _cut_short(world: World, server, box: Box, program: str, signal: str) -> None:
    """For every n."""
    shim = end_install_in(box, program, signal)
    before = picture.take(box)
    stopped = 0
    for number in range(1, 100):
        box.write("/run/e2e-left", f"{number}\n")
        done = installer.run(box, "install")
        reached = int(box.path("/run/e2e-left").read_text()) <= 0
        box.write("/run/e2e-left", "0\n")
        if done.returncode != 0:
            stopped += 1
        # Nobody can clean up after KILL: the next run does. And in its last step an install is no longer stopped.
        if done.returncode == 0 or signal == "KILL":
            installer.expect(world.report, box, f"{signal} in the {number}. call of {program}: rollback", "rollback")
        changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
        world.report.check(f"{signal} in the {number}. call of {program}: nothing is changed", not changed, f"{changed}\n{done.stdout}")
        if not reached:
            break
    world.report.check(f"{signal} stopped the install in {stopped} of {number - 1} calls of {program}", stopped > 5, done.stdout)
    box.path(shim).unlink()
