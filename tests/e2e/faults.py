"""A server in which something is not as it should be before the install comes, or while a rollback runs."""

import contextlib
import dataclasses
import shlex
import smtplib
import threading
import time
from collections.abc import Callable

import installer
import net
import picture
import wholeway
from box import Box
from exim import Exim
from maildomains import Bundle
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import World


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong, as a script, and how it is mended; then what install.sh says."""

    words: str
    begin: str
    end: str
    says: str
    mail_goes_out: bool = True  # meanwhile


def _read_only(path: str, says: str = "cannot write to") -> Fault:
    return Fault(f"{path} read-only", f"mount --bind {path} {path}; mount -o remount,bind,ro {path}", f"umount {path}", says)


def _full(folder: str, room: int, says: str) -> Fault:
    """With that many KiB left."""
    return Fault(f"{room} KiB left in {folder}", f"mount -t tmpfs -o size={max(room, 1)}k tmpfs {folder}; " +
                 (f"dd if=/dev/zero of={folder}/all bs=1k count=64 2>/dev/null || :" if room == 0 else ":"), f"umount {folder}", says)


def _away(path: str, says: str, mail_goes_out: bool = True) -> Fault:
    return Fault(f"without {path}", f"mv {path} /run/away", f"mv /run/away {path}", says, mail_goes_out)


def _nobody(table: str, name: str, says: str) -> Fault:
    """As a package whose scripts did not run to their end leaves it."""
    return Fault(f"without {name} in {table}", f"cp -p {table} /run/kept; sed -i /^{name}:/d {table}", f"cat /run/kept >{table}", says,
                 mail_goes_out=False)


def _broken(words: str, file: str, line: str, says: str, mail_goes_out: bool = True) -> Fault:
    return Fault(words, f"[ -e {file} ] && cp -p {file} /run/kept || rm -f /run/kept; echo {shlex.quote(line)} >>{file}",
                 f"if [ -e /run/kept ]; then cp -p /run/kept {file}; else rm {file}; fi", says, mail_goes_out)


_EVERYWHERE = [_read_only("/var/backups"), _read_only("/tmp", "/tmp"), _full("/tmp", 0, "/tmp"), _full("/tmp", 512, "1 MiB"),
               _read_only("/etc"), _read_only("/run", "/run")]
_EXIM = [
    _read_only("/etc/exim4"), _read_only("/var/lib/exim4"),
    _nobody("/etc/group", "Debian-exim", "exim4 does not run"),
    _away("/etc/exim4/update-exim4.conf.conf", "/etc/exim4/update-exim4.conf.conf is not there"), _away("/etc/exim4", "/etc/exim4"),
    _away("/usr/sbin/update-exim4.conf", "update-exim4.conf"),
    _broken("a fragment that exim refuses", "/etc/exim4/conf.d/main/99_broken", "no_such_option = 1", "broken before"),
]
_POSTFIX_ITSELF = [
    _read_only("/etc/postfix"), _away("/etc/postfix/main.cf", "main.cf", mail_goes_out=False), _away("/etc/postfix", "/etc/postfix", mail_goes_out=False),
    _away("/usr/sbin/postconf", "postconf"),
    _broken("a master.cf that Postfix can't read", "/etc/postfix/master.cf", "smtp what is this", "master.cf", mail_goes_out=False),
    _broken("a setting of which postfix check complains", "/etc/postfix/main.cf", "queue_directory = /no/such/folder", "broken before",
            mail_goes_out=False),
]
_OPENDKIM = [
    *_POSTFIX_ITSELF, _read_only("/etc/opendkim.conf"), _read_only("/etc/dkimkeys"),
    _nobody("/etc/passwd", "opendkim", "no user opendkim"), _nobody("/etc/group", "opendkim", "no group opendkim"),
    _away("/usr/sbin/opendkim", "opendkim"),
]
_RSPAMD = [
    *_POSTFIX_ITSELF, _read_only("/etc/rspamd"), _nobody("/etc/group", "_rspamd", "no group _rspamd"), _away("/etc/rspamd", "/etc/rspamd"),
    _away("/usr/bin/rspamadm", "rspamadm"),
    _broken("a file of rspamd's with a bracket too few", "/etc/rspamd/local.d/options.inc", "x {", "broken before"),
]


def run_exim(world: World) -> None:
    _run(world, Exim(split=True, both=False), [*_EVERYWHERE, *_EXIM], "/var/lib/exim4")


def run_postfix(world: World) -> None:
    _run(world, Postfix(), [*_EVERYWHERE, *_OPENDKIM], "/etc/postfix")


def run_rspamd(world: World) -> None:
    _run(world, PostfixWithRspamd(warm=True), [*_EVERYWHERE, *_RSPAMD], "/etc/postfix")


def _run(world: World, server, faults: list[Fault], folder: str) -> None:
    bundle = world.bundle(server)
    with world.serve(bundle):
        with world.box(server, bundle) as box:
            untouched = picture.take(box)
            for fault in faults:
                box.sh(fault.begin)
                installer.expect_refusal(world.report, box, f"{fault.words}: refused, and nothing is changed", says=[fault.says],
                                         restless=server.restless)
                if fault.mail_goes_out:
                    wholeway.expect_unsigned(world, server, box, f"({fault.words})")
                box.sh(fault.end)
            _one_at_a_time(world, server, box, bundle)
            _full_disk_in_rollback(world, server, box, bundle, folder)
            wholeway.roll_back(world, server, box, untouched)
        _stopped(world, server, bundle)


def _one_at_a_time(world: World, server, box: Box, bundle: Bundle) -> None:
    """The first waits in its first copy of a file, and the second comes."""
    report, flag = world.report, "/run/e2e-waits"
    with _in_the_place_of(box, "cp", f'grep -q install.sh "/proc/$PPID/cmdline" && [ -e {flag} ] && echo >{flag}.too && while [ -e {flag} ]; do sleep 0.1; done'):
        box.write(flag, "")
        said: list[installer.subprocess.CompletedProcess] = []
        first = threading.Thread(target=lambda: said.append(installer.run(box, "install")))
        first.start()
        deadline = time.monotonic() + 60
        while not box.path(f"{flag}.too").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        for verb in ("install", "rollback"):
            second = installer.run(box, verb)
            report.check(f"a second install.sh {verb} at the same time is refused",
                         second.returncode != 0 and "another install.sh" in second.stdout, second.stdout)
        box.path(flag).unlink()
        first.join()
    report.check("the first comes to its end", said and said[0].returncode == 0, said and said[0].stdout)
    wholeway.expect_signed(world, server, bundle, "after it")


@contextlib.contextmanager
def _in_the_place_of(box: Box, program: str, script: str):
    path = box.sh(f"command -v {program}").strip()
    box.sh(f"mv {path} {path}.real")
    box.write(path, f'#!/bin/sh\n{script}\nexec {path}.real "$@"\n')
    box.sh(f"chmod 0755 {path}")
    yield
    box.sh(f"mv {path}.real {path}")


def _full_disk_in_rollback(world: World, server, box: Box, bundle: Bundle, folder: str) -> None:
    box.sh(f"""
        rm -rf /run/copy
        cp -a {folder} /run/copy
        mount -t tmpfs -o size=100m,mode=755 tmpfs {folder}
        cp -aT /run/copy {folder}
        dd if=/dev/zero of={folder}/all bs=1k 2>/dev/null count=1
        mount -o remount,size=$(($(df --output=used {folder} | tail -n 1)))k {folder}
    """)
    before = picture.take(box)
    done = installer.run(box, "rollback")
    changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
    world.report.check("a rollback without room for it is refused, and nothing is changed",
                       done.returncode != 0 and "disk is full" in done.stdout and not changed, f"{changed}\n{done.stdout}")
    wholeway.expect_signed(world, server, bundle, "when a rollback had no room")
    box.sh(f"umount {folder}")


def _stopped(world: World, server, bundle: Bundle) -> None:
    """Who has stopped his mail server does not find it running after an install, nor after a rollback."""
    with world.box(server, bundle, running=False) as box:
        before = picture.take(box)
        installer.expect(world.report, box, "install where the mail server is stopped", "install", says=["not running"])
        world.report.check("it stays stopped", not _listens())
        wholeway.roll_back(world, server, box, before)
        world.report.check("it stays stopped after the rollback", not _listens())
        server.start(box)
        wholeway.expect_unsigned(world, server, box, "when it is started")


def _listens() -> bool:
    try:
        smtplib.SMTP(net.SERVER, 25, timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True
