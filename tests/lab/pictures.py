"""pictures.py OUT [NAME…] [--size WxH] [--dark]: pictures of the wizard's Verify page in the little internet, as
OUT/verify-<name>.png, and a walk over it by Tab in each of these states. --program and --cli name other programs
than build/dev's.

Needs what run.py and tests/gui need. Ends with 77 where that is not there, and says why.
"""

import argparse
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "build/dev/app"
sys.path += [str(HERE.parent / "gui"), str(HERE.parent / "support")]
import desktop
import namespaces
import places
from obstacle import SKIPPED, obstacle

_DISPLAY = 4711  # Programs in other PID namespaces look gone, so their displays would seem to be free.
_DARK = """[Colors:Window]
BackgroundNormal=32,35,38
ForegroundNormal=252,252,252
[Colors:View]
BackgroundNormal=20,22,24
BackgroundAlternate=29,31,34
ForegroundNormal=252,252,252
[Colors:Button]
BackgroundNormal=41,44,48
ForegroundNormal=252,252,252
[Colors:Selection]
BackgroundNormal=61,174,233
ForegroundNormal=252,252,252
[Colors:Tooltip]
BackgroundNormal=41,44,48
ForegroundNormal=252,252,252
"""


def rows(lab, *names):
    from faults import TABLE
    for row in TABLE:
        if row.name in names:
            row.change(lab)


def sound(lab):
    """Everything is as it should be."""


def broken(lab):
    """Several faults, in several areas."""
    rows(lab, "no-dmarc", "several-spf", "certificate-expired", "listed", "silent-server", "name-does-not-exist")


def propagating(lab):
    """ns2 does not have the key yet, and the resolver remembers the time before."""
    key = ("s1._domainkey", "TXT")
    data = lab.domain.data(*key)
    lab.domain.remove(*key)
    lab.have_remembered(*key)
    lab.domain.add(*key, data)
    lab.zones.differing_at_ns2().remove(*key)


def waiting(lab):
    """The same, while it is waited for."""
    propagating(lab)


def offline(lab):
    """Without a network."""
    lab.network.unplug()


STATES = {state.__name__: state for state in (sound, broken, propagating, waiting, offline)}


def picture(lab, screen, name, options):
    """Takes it; what is wrong for people with keyboards and screen readers."""
    import screen as seen
    lab.restore()
    STATES[name](lab)
    lab.publish()
    style = {"QT_QPA_PLATFORMTHEME": "kde", "KDE_SESSION_VERSION": "5"} if options.dark else {}
    program = seen.Program(screen, str(options.out), lab.network.on_desk(
        options.program, *lab.settings(), "--timeout", "5", places.DOMAIN), **style)
    program.click("push button", "Continue with “Verify”")
    desktop.until("the end of the checks", lambda: program.is_usable("push button", "Check again"), 90)
    if name == "waiting":
        program.click("push button", "Wait until published")
        program.says("Published everywhere: ", 60)
    program.picture(f"verify-{name}.png")
    faults = program.audit()
    program.process.terminate()
    program.process.wait()
    return faults


def take(options):
    """All pictures; how many states had faults."""
    from lab import Lab
    failed = 0
    with desktop.Desktop(options.size, keyring=False, number=_DISPLAY) as screen, \
            tempfile.TemporaryDirectory(prefix="lab") as folder, Lab(pathlib.Path(folder), options.cli) as lab:
        config = pathlib.Path(screen.home, ".config")
        config.mkdir(exist_ok=True)
        (config / "kdeglobals").write_text(_DARK)
        for name in options.states or STATES:
            faults = picture(lab, screen, name, options)
            failed += bool(faults)
            print(f"{'FAILED' if faults else 'ok    '} {name}", *faults, sep="\n    ", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("states", nargs="*", metavar="NAME")
    parser.add_argument("--size", default="1024x600")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--program", default=str(BUILD / "gui/sealwright"))
    parser.add_argument("--cli", default=str(BUILD / "cli/sealwright-cli"))
    options = parser.parse_args()
    lacking = ", ".join(desktop.missing()) or obstacle() if not namespaces.are_inside() else ""
    if lacking:
        print(f"SKIPPED: {lacking}")
        return SKIPPED
    if not namespaces.are_inside():
        namespaces.start_again_inside()
    options.out.mkdir(parents=True, exist_ok=True)
    return 1 if take(options) else 0


sys.exit(main())
