"""The wizard of an installed package, from the first page to an exported bundle, by mouse and keys, as its user.

The screen, the session bus and the keyring are tests/gui's; the program, its libraries and its files are the machine's.
"""

import contextlib
import os
import pathlib
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator

sys.path.append(str(pathlib.Path(__file__).parents[1] / "gui"))
import walk
from desktop import Desktop
from machine import HOME, UID, Machine

SCREENS = "/tmp/.X11-unix"
BUNDLE = f"{HOME}/bundle.tar.gz"


class MachineWalk(walk.Walk):
    """`program` is a path on the machine."""

    def __init__(self, machine: Machine, program: str, out: str, **environment: str) -> None:
        # A display that looks free to us may be that of a server in other namespaces.
        desktop = Desktop(user=UID, number=1000 + secrets.randbelow(50000))
        super().__init__(program, out, desktop=desktop)
        self.machine, self.settings = machine, environment

    def __enter__(self) -> "MachineWalk":
        os.makedirs(SCREENS, exist_ok=True)
        os.chmod(SCREENS, 0o1777)
        with contextlib.ExitStack() as stack:
            stack.enter_context(_shared(self.machine, SCREENS))
            stack.enter_context(_shared(self.machine, self.desktop.folder))
            super().__enter__()
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *what: object) -> None:
        super().__exit__(*what)
        self.stack.close()

    def command(self, *arguments: str) -> list[str]:
        desktop = {name: value for name, value in self.desktop.environment.items() if name in (
            "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE")}
        environment = {**desktop, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **self.settings}
        return self.machine.command(*super().command(*arguments), environment=environment)


def run(machine: Machine, program: str, out: pathlib.Path, look: Callable[[int], None] = lambda pid: None, **environment: str) -> str:
    """Ends with the bundle at BUNDLE on the machine, and hands out its private key. `look` gets the number of the process
    on the last page. `out` is for pictures. Raises where something is not as a person would expect it."""
    out.mkdir(parents=True, exist_ok=True)
    with MachineWalk(machine, program, str(out), **environment) as walked:
        page = walked.program
        walked.domain_page()
        walked.next()
        walked.keys_page()
        page.says("Key stored in the system keychain.")
        stored = walked.desktop.secret(server="Sealwright")
        assert "PRIVATE KEY" in stored, "nothing in the keyring"
        walked.next()
        walked.records_page()
        walked.next()
        walked.server_page(BUNDLE)
        page.picture("exported.png")
        bundle = machine.path(BUNDLE)
        assert bundle.stat().st_uid == UID, bundle.stat()
        key = walk.check_bundle(str(bundle), walked.alabel)
        assert walk.public_half(key) == walk.public_half(stored.encode())
        walked.next()
        walked.verify_page()
        look(page.process.pid)
        page.click("push button", "Finish")
        assert page.close() == 0
    return key.decode()


@contextlib.contextmanager
def _shared(machine: Machine, folder: str) -> Iterator[None]:
    """A folder of ours at the same path on the machine, which has nothing there before and after."""
    there = machine.path(folder)
    there.mkdir()
    try:
        subprocess.run(["mount", "--bind", folder, there], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", there], check=True)
    finally:
        there.rmdir()
