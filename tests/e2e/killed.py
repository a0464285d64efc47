"""kill -9 in every step of install.sh: mail goes out all the same, and the next install or rollback sets it right."""

import shutil

import installer
import net
import picture
import wholeway
from box import Box
from mail import Mail
from maildomains import DOMAINS
from surroundings import BUNDLE, World

_WRITING = ["chmod", "chown", "cp", "ln", "mkdir", "mv", "rm", "rmdir", "sync", "tac"]
_LEFT, _GROUP = "/run/e2e-left", "/run/e2e-group"  # calls until the kill, and whom it is for


def run(world: World, server, every: int = 1) -> None:
    """every: only each so manieth step, and not all that can follow it, for a short run."""
    bundle = world.bundle(server)
    with world.serve(bundle), world.box(server, bundle) as box:
        shutil.copytree(bundle.one_domain, box.path(wholeway.ONE_DOMAIN))
        for program in [*_WRITING, *server.programs]:
            _watch(box, program)
        box.sh("! command -v update-exim4.conf || update-exim4.conf")  # It writes its own path into what it generates.
        for words, first, verb in (("the first install", None, "install"), ("an install over another", wholeway.ONE_DOMAIN, "install"),
                                   ("a rollback", BUNDLE, "rollback")):
            _at_every_step(world, server, box, words, first, verb, every)
        wholeway.expect_unsigned(world, server, box, "after all that")
        installer.expect(world.report, box, "and an install that nobody kills succeeds", "install")
        wholeway.expect_signed(world, server, bundle, "after it")


def _watch(box: Box, program: str) -> None:
    """In the place of the program: the same, but in the call that is next to be killed all of install.sh goes before it."""
    path = box.sh(f"command -v {program}").strip()
    box.sh(f"mv {path} {path}.real")
    box.write(path, f"""#!/bin/sh
if grep -q install.sh "/proc/$PPID/cmdline" 2>/dev/null && [ -e {_LEFT} ]; then
    read -r left <{_LEFT}
    echo $((left - 1)) >{_LEFT}
    [ "$left" != 1 ] || kill -KILL -$(cat {_GROUP})
fi
exec {path}.real "$@"
""")
    box.sh(f"chmod.real 0755 {path}" if program == "chmod" else f"chmod 0755 {path}")


def _kill(box: Box, step: int, verb: str) -> tuple[bool, str]:
    """Whether the verb came to that step, and what was said."""
    box.write(_LEFT, f"{step}\n")
    done = box.run("setsid", "--wait", "sh", "-c", f"echo $$ >{_GROUP}; exec sh {BUNDLE}/install.sh {verb}")
    reached = int(box.path(_LEFT).read_text()) <= 0
    box.path(_LEFT).unlink()
    return reached, done.stdout


def _at_every_step(world: World, server, box: Box, words: str, first: str | None, verb: str, every: int) -> None:
    report = world.report
    before = picture.take(box)
    step = 1
    while True:
        both = ("rollback", "install")
        for after in both if every == 1 else both[step // every % 2:][:1]:
            if first:
                done = installer.run(box, "install", bundle=first)
                if done.returncode != 0:
                    report.check(f"{words}: the install before it", False, done.stdout)
                    return
            reached, said = _kill(box, step, verb)
            if not reached:
                break
            where = f"{words}, killed in step {step}"
            _expect_mail(world, server, where)
            if after == "install":
                installer.expect(report, box, f"{where}: install", "install")
            done = installer.run(box, "rollback")
            changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
            report.check(f"{where}: rollback after {'another install' if after == 'install' else 'it'}: as before, byte for byte",
                         done.returncode == 0 and not changed, f"{changed}\n{said}\n{done.stdout}")
            if done.returncode != 0:
                installer.run(box, "rollback", "--replace")
        if not reached:
            break
        step += every
    installer.run(box, "rollback")
    report.check(f"{words} has many steps ({step - every} at the least)", step > 10)


def _expect_mail(world: World, server, where: str) -> None:
    mail = Mail(f"jan@{DOMAINS[0].name}")
    mail.by_smtp(net.STRANGER, f"jan@{DOMAINS[0].name}", login=server.login)
    world.report.check(f"{where}: mail goes out", world.hop.wait_for(mail.token) is not None)
