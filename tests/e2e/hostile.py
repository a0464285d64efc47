"""Values that would like to be more than values: no shell, no exim, no Postfix, no OpenDKIM and no rspamd ever acts on one."""

import json
import pathlib
import shutil
import subprocess

import installer
import picture
from box import Box
from exim import Exim
from maildomains import Cli
from onefile import OneFile
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import World

CANARY = pathlib.Path("/tmp/sealwright-canary")  # here and on the servers: what a value that acts would leave
DOMAIN = "example.test"

_SHELL = ["$(touch {c})", "`touch {c}`", "a;touch {c}", "a|touch {c}", "a&touch {c}", "a&&touch {c}", "a||touch {c}",
          "'$(touch {c})'", "'; touch {c}; '", "\"; touch {c}; \"", "\"$(touch {c})\"", "a\ntouch {c}", "a\rtouch {c}", "a >{c}",
          "a<{c}", "a>>{c}", "${{IFS}}touch${{IFS}}{c}", "$IFS", "$0", "$$", "\\$(touch {c})", "\\", "a\\", "'", "\"", "a'b", "a\"b",
          "END\ntouch {c}\n", "--root", "-x", "-", "*", "?", "[a-z]", "~root", "!!", "#", "a #", "()", "{{a,b}}", "a=b", "%s%n", "%00"]
_EXIM = ["${{run{{/bin/touch {c}}}}}", "${{run{{/usr/bin/touch {c}}}{{a}}{{b}}}}", "${{readfile{{/etc/shadow}}}}",
         "${{lookup{{a}}lsearch{{/etc/shadow}}}}", "${{perl{{x}}}}", "${{dlfunc{{a}}{{b}}}}", "${{env{{PATH}}}}", "${{if eq{{a}}{{a}}{{x}}}}",
         "${{sg{{a}}{{b}}{{c}}}}", "$domain", "$h_from:", "$sender_address", "${{", "}}", "}}}}", "{{", "${{acl{{x}}}}", "a : b", "a::b", "<; a",
         "+local_domains", "!a", "@", "@[]", "a:fail:", ":fail: x", ":include:/etc/shadow", "|/bin/touch {c}", "/dev/null", "\\N", "\\x41", "^.*$",
         ".include /etc/shadow", ".ifdef X", "X = y\nlog_file_path = {c}"]
_POSTFIX = ["$mydomain", "$(mydomain)", "${{mydomain}}", "a, b", "a\n  b", "inet:1.2.3.4:25", "unix:/x", "hash:/etc/shadow",
            "pcre:/etc/shadow", "static:OK", "a\nalias_maps = pipemap:{{x}}", "{{ inet:a:1, b=c }}", "# x", "a\tb", "regexp:{{/x/ y}}"]
_OPENDKIM = ["refile:/etc/shadow", "lua:{c}", "csl:a", "a:b:/etc/shadow", "%", "a:%:/etc/shadow", "file:/etc/shadow", "dsn:x", "-a", "KeyTable x"]
_PLACES = ["../../etc/passwd", "..", ".", "/etc/passwd", "a/../../b", "a\0b", "\0", "a/b", "con", "", " ", "  a", "a b", ".hidden"]
_LETTERS = ["\x1b[2Jx", "\x07", "\u202egnp.exe", "a\u200bb", "\ufeffa", "ａ.test", "ä" * 80, "x" * 64, "x" * 300, "x." * 140, "{{title}}",
            "{{{x}}}", "{{> stack}}", "<b>x</b>", "&amp;", "é\u0301", "\u2028", "٣.test", "xn--", "xn--a", "-a.test", "a-.test", "a..b", "_a_"]
VALUES = [value.format(c=CANARY) if value not in _LETTERS else value
          for value in [*_SHELL, *_EXIM, *_POSTFIX, *_OPENDKIM, *_PLACES, *_LETTERS]]
OPTIONS = ["--selector", "--mail-host", "--report-to", "--include", "--ip"]


class RspamdImage(PostfixWithRspamd):
    """Installed with --root: rspamd reads each configuration (rspamadm configtest), without starts that take it seconds each."""


def run(world: World) -> None:
    report = world.report
    report.check("there are more than 100 hostile values", len(set(VALUES)) > 100, len(set(VALUES)))
    accepted = [*_typed(world), *_stored(world)]
    report.note(f"{len(accepted)} of them are right where they stand; what they make is installed")
    for server in (Exim(split=True, both=False), OneFile(both=False), Postfix(), RspamdImage()):
        _install_all(world, server, accepted)
    report.check("nothing was acted on here", not CANARY.exists())


def _typed(world: World) -> list[Cli]:
    """As words of the command line: refused with a clear message, or a bundle."""
    accepted = []
    for option in ["DOMAIN", *OPTIONS]:
        wrong = []
        for number, value in enumerate(VALUES):
            if "\0" in value:  # no word can hold it
                continue
            work = world.work / f"typed{option}-{number}"
            work.mkdir()
            cli = Cli(world.cli, work)
            words = ["--", value] if option == "DOMAIN" else [f"{option}={value}", DOMAIN]
            done = cli.run("setup", "--stack", Exim.stack, "--out", str(work / Exim.stack), *words)
            if done.returncode == 0:
                accepted.append(cli)
            elif done.returncode != 2 or _is_unclear(done.stderr) or (work / Exim.stack).exists():
                wrong.append(f"{value!r}: {done.returncode} {done.stderr!r}")
        world.report.check(f"{option} typed: taken as a value, or refused with clear words", not wrong, "\n".join(wrong))
    return accepted


def _stored(world: World) -> list[Cli]:
    """In a stored profile that somebody else has edited."""
    accepted = []
    good = world.work / "stored"
    good.mkdir()
    Cli(world.cli, good)("setup", DOMAIN, "--stack", Exim.stack, "--selector", "s1", "--out", str(good / "bundle"))
    profile = json.loads(next((good / "data").rglob("*.json")).read_text())
    key = profile["keys"][0]
    changes = {
        "domain": lambda value: {"domain": value}, "mailHost": lambda value: {"mailHost": value},
        "includes": lambda value: {"includes": [value]}, "addresses": lambda value: {"addresses": [value]},
        "reportsTo": lambda value: {"reportsTo": [value]}, "stack": lambda value: {"stack": value},
        **{f"keys.{name}": lambda value, name=name: {"keys": [key | {name: value}]}
           for name in ("selector", "publicKey", "fingerprint", "type", "created")}}
    for field, change in changes.items():
        wrong = []
        for number, value in enumerate(VALUES):
            work = world.work / f"stored-{field}-{number}"
            shutil.copytree(good, work, ignore=shutil.ignore_patterns("bundle"))
            next((work / "data").rglob("*.json")).write_text(json.dumps(profile | change(value)))
            cli = Cli(world.cli, work)
            done = cli.run("export", DOMAIN, "--stack", Exim.stack, "--out", str(work / Exim.stack))
            if done.returncode == 0:
                accepted.append(cli)
            elif _is_unclear(done.stderr) or (work / Exim.stack).exists():
                wrong.append(f"{value!r}: {done.returncode} {done.stderr!r}")
        world.report.check(f"{field} stored: taken as a value, or refused with clear words", not wrong, "\n".join(wrong))
    return accepted


def _is_unclear(message: str) -> bool:
    return not message.strip() or any(not letter.isprintable() and letter != "\n" for letter in message)


def _install_all(world: World, server, accepted: list[Cli]) -> None:
    """Through the parsers of the real server: it accepts the configuration, or it stays as it was. Each kind of it once."""
    with world.box(server, running=not isinstance(server, RspamdImage)) as box:
        before = picture.take(box)
        seen = set()
        for cli in accepted:
            bundle = cli.work / server.stack
            if not bundle.exists():
                cli("export", next((cli.work / "data").rglob("*.json")).stem, "--stack", server.stack, "--out", str(bundle))
            kind = _configuration(bundle)
            if kind in seen:
                continue
            place = f"/mnt/{len(seen)}"
            seen.add(kind)
            shutil.copytree(bundle, box.path(place))
            for verb in ("help", "install", "test", "rollback"):
                done = _run(server, box, verb, place)
                if verb in ("install", "rollback"):
                    world.report.check(f"{server.stack}, {cli.work.name}: {verb}", done.returncode == 0, done.stdout)
        changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
        world.report.check(f"{server.stack}: the server is as it was", not changed, changed)
        world.report.check(f"{server.stack}: nothing was acted on", not box.path(str(CANARY)).exists())


def _run(server, box: Box, verb: str, place: str) -> subprocess.CompletedProcess:
    if not isinstance(server, RspamdImage):
        return installer.run(box, verb, bundle=place)
    return subprocess.run(["sh", box.path(f"{place}/install.sh"), "--root", box.path("/"), verb],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _configuration(bundle: pathlib.Path) -> str:
    """What of it the server reads, and how the keys are called."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    texts = [path.read_text() for path in files if "files" in path.parts]
    return "\0".join([*(str(path.relative_to(bundle)) for path in files), *texts])
