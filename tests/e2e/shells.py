"""install.sh under every shell that servers have, and with the small tools of busybox, as on Alpine."""

import failures
import installer
import picture
import wholeway
from box import Box
from maildomains import Bundle
from surroundings import World

SHELLS = ["dash", "bash", "bash --posix", "busybox sh", "mksh"]
# What install.sh calls and busybox has. Alpine's flock is busybox's too, but Debian's busybox was built without it.
_APPLETS = ["awk", "basename", "cat", "chmod", "chown", "chroot", "cmp", "cp", "cut", "date", "dd", "dirname", "env", "find", "grep", "head",
            "id", "ln", "mkdir", "mktemp", "mv", "readlink", "rm", "rmdir", "sed", "sha256sum", "sleep", "sort", "stat", "sync", "tac",
            "tail", "tr", "wc"]
_NOT_ON_ALPINE = ["runuser", "getent"]


def run(world: World, server) -> None:
    server.root = f"{server.root}-shells"
    bundle = world.bundle(server)
    with world.serve(bundle):
        with world.box(server, bundle) as box:
            for shell in SHELLS:
                _whole_way(world, server, box, bundle, shell)
        with world.box(server, bundle) as box:
            use_busybox(box)
            for shell in ("busybox sh", "dash"):
                _whole_way(world, server, box, bundle, shell, "with busybox's tools, ")
            _spoiled(world, server, box)


def use_busybox(box: Box) -> None:
    box.sh(f"""
        for tool in {" ".join(_APPLETS)}; do
            path=$(command -v $tool)
            busybox rm $path
            busybox ln -s /bin/busybox $path
        done
        for tool in {" ".join(_NOT_ON_ALPINE)}; do busybox rm $(command -v $tool); done
    """)


def _whole_way(world: World, server, box: Box, bundle: Bundle, shell: str, words: str = "") -> None:
    report = world.report
    before = picture.take(box)
    installer.expect(report, box, f"{words}{shell}: check", "check", shell=shell)
    changed = picture.difference(before, picture.take(box), but=server.restless)
    report.check(f"{words}{shell}: check changes nothing", not changed, changed)
    installer.expect(report, box, f"{words}{shell}: install", "install", shell=shell)
    installer.expect(report, box, f"{words}{shell}: a second install finds nothing to do", "install", says=["nothing to do"], shell=shell)
    installer.expect(report, box, f"{words}{shell}: test", "test", shell=shell,
                     says=[f"{domain}: would be signed with selector {selector} " for domain, selector, _ in bundle.keys])
    installer.expect(report, box, f"{words}{shell}: status", "status", says=["installed on 20", "in place"], shell=shell)
    wholeway.expect_signed(world, server, bundle, f"({words}{shell})")
    box.sh(f"echo '# mine' >>{server.edited}")
    refused = installer.run(box, "rollback", shell=shell)
    report.check(f"{words}{shell}: rollback sees an edit", refused.returncode != 0 and server.edited in refused.stdout, refused.stdout)
    box.sh(f"sed -i '$d' {server.edited}")
    installer.expect(report, box, f"{words}{shell}: rollback", "rollback", shell=shell)
    changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
    report.check(f"{words}{shell}: rollback leaves the system as it was, byte for byte", not changed, changed)


def _spoiled(world: World, server, box: Box) -> None:
    """A damaged bundle is seen, and an install that is refused half way is undone."""
    file = box.sh("ls /mnt/bundle/keys/*/*").split()[0]
    whole = box.path(file).read_bytes()
    box.path(file).write_bytes(whole[:-1])
    installer.expect_refusal(world.report, box, "with busybox's tools, a damaged key is refused", says=["damaged"], restless=server.restless)
    box.path(file).write_bytes(whole)
    failures.program_refuses(*server.reload)(box)
    installer.expect_refusal(world.report, box, "with busybox's tools, an install whose reload fails is undone", says=["reload"],
                             restless=server.restless)
