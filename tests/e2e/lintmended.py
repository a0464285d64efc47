"""Configurations that people have, on real servers: the fault shows, `lint` finds it, and its mended lines end it."""

import base64
import dataclasses
import json
import pathlib
import smtplib
import subprocess
from collections.abc import Callable

import net
import verify
from box import Box
from mail import Mail
from maildomains import some_rsa_key
from nameserver import Nameserver
from surroundings import World

DOMAIN, SELECTOR = "example.test", "s1"
MOST_MENDS = 20


@dataclasses.dataclass(frozen=True)
class Case:
    words: str
    code: str                     # of the finding that is expected
    shows: "Callable[[Trial], bool]"  # whether the fault is there
    files: dict[str, str | None]  # instead of those that work; None: not there
    prepare: str = ""             # what else the admin did, for sh
    listed: str = ""              # folders whose listing is linted too


class Trial:
    """One server; a case after the other is put on it."""

    def __init__(self, world: World, box: Box, setup) -> None:
        self.world, self.box, self.setup = world, box, setup
        self.folder = world.work / "lint"
        self.files: dict[str, str] = {}
        self._seconds = 0  # how long a mail may take

    def run(self, case: Case) -> None:
        report = self.world.report
        files = {**self.setup.files, **case.files}
        self.files = {path: text for path, text in files.items() if text is not None}
        self._write()
        self.box.sh(self.setup.modes + case.prepare)
        self.setup.restart(self.box)
        found = [finding["code"] for finding in self._lint(case)]
        self._seconds = 4  # what does not go out costs no more
        report.check(f"{case.words}: lint says {case.code}", case.code in found, found)
        report.check(f"{case.words}: the fault is real", case.shows(self), self.setup.log(self.box)[-1500:])
        left = self._mend(case)
        self._seconds = 30
        self.setup.restart(self.box)
        mended = "\n".join(f"{path}:\n{text}" for path, text in self.files.items() if self.setup.files.get(path) != text)
        report.check(f"{case.words}: the mended lines leave nothing to find", not left, f"{left}\n{mended}")
        report.check(f"{case.words}: the mended lines end it", not case.shows(self), f"{mended}\n{self.setup.log(self.box)[-1500:]}")

    def _write(self) -> None:
        for path in self.setup.places:
            if path not in self.files:
                self.box.path(path).unlink(missing_ok=True)
        for path, text in self.files.items():
            self.box.path(path).parent.mkdir(parents=True, exist_ok=True)
            self.box.write(path, text)

    def _lint(self, case: Case) -> list[dict]:
        names = {}
        for path, text in self.files.items():
            copy = self.folder / path.lstrip("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)
            names[str(copy)] = path
        if case.listed:
            listing = self.folder / "listing"
            listing.write_text(self.box.sh(f"ls -ld {case.listed}; ls -lR {case.listed}"))
            names[str(listing)] = ""
        done = subprocess.run([self.world.cli, "--json", "lint", *names], stdout=subprocess.PIPE, text=True, timeout=60)
        findings = json.loads(done.stdout)["findings"]
        return [{**finding, "file": names[finding["file"]]} for finding in findings]

    def _mend(self, case: Case) -> list[dict]:
        """As somebody does who changes what the findings say and nothing else. Returns what is still found."""
        for _ in range(MOST_MENDS):
            findings = [finding for finding in self._lint(case) if finding["severity"] in ("error", "warning")]
            mends = [finding for finding in findings if finding["mended"] or finding["code"] == "eximOtherConfigRead"]
            if not mends:
                break
            self._apply(mends[0])
        return findings

    def _apply(self, finding: dict) -> None:
        path, mended = finding["file"], finding["mended"]
        if finding["code"].startswith("key"):  # commands
            self.box.sh(mended)
            return
        if finding["code"] == "eximFileIgnored":  # another name
            self.files[str(pathlib.PurePath(path).with_name(mended))] = self.files.pop(path)
        elif finding["code"] == "eximOtherConfigRead":  # "put the same lines there"
            there = finding["subject"]
            self.files[there + "00_dkim" if there.endswith("/") else there] = self.files.pop(path)
        elif finding["line"] is None:
            self.files[path] = self.files[path].rstrip("\n") + f"\n{mended}\n"
        else:
            lines = self.files[path].split("\n")
            begin = finding["line"] - 1
            lines[begin:begin + finding["text"].count("\n") + 1] = [mended]
            self.files[path] = "\n".join(lines)
        self._write()

    def goes_out(self, mail: Mail) -> bytes | None:
        return self.world.hop.wait_for(mail.token, self._seconds)


def good(message: bytes | None) -> bool:
    """Signed for the domain, and every verifier passes it."""
    signatures = verify.signatures(message) if message else []
    return bool(signatures) and all(
        one.domain.endswith(DOMAIN.split(".", 1)[1]) and set(one.verdicts().values()) == {"pass"} for one in signatures)


# The faults: each is true where it shows.

def unsigned(way: Callable[[Trial, Mail], None], sender: str = f"jan@{DOMAIN}", **how: object) -> Callable[[Trial], bool]:
    def shows(trial: Trial) -> bool:
        mail = Mail(sender, **how)
        try:
            way(trial, mail)
        except (smtplib.SMTPException, RuntimeError):
            return True  # not taken at all
        return not good(trial.goes_out(mail))
    return shows


def breaks(change: Callable[[bytes], bytes]) -> Callable[[Trial], bool]:
    """The signature does not outlive what happens on the way."""
    def shows(trial: Trial) -> bool:
        mail = Mail(f"Jan <jan@{DOMAIN}>", more="X-Long: one two\r\n")
        by_sendmail(trial, mail)
        return not good(change(trial.goes_out(mail) or b""))
    return shows


def takes_second_from(trial: Trial) -> bool:
    mail = Mail(f"jan@{DOMAIN}")
    by_sendmail(trial, mail)
    message = trial.goes_out(mail) or b""
    # A signature covers the last of several (RFC 6376 section 5.4.2): the other is put before it.
    at = message.index(b"From: ")
    return any(one.verdicts()["ours"].startswith("pass") for one in verify.signatures(message[:at] + b"From: boss@bank.test\r\n" + message[at:]))


def signs_strangers(trial: Trial) -> bool:
    trial.setup.listen(trial.box)
    mail = Mail(f"Boss <boss@{DOMAIN}>")
    mail.by_smtp(net.STRANGER, "crook@elsewhere.test", to=f"forward@{DOMAIN}")
    message = trial.goes_out(mail)
    own = Mail(f"jan@{DOMAIN}")
    by_sendmail(trial, own)
    return message is None or bool(verify.signatures(message)) or not good(trial.goes_out(own))


def held(trial: Trial) -> bool:
    mail = Mail(f"jan@{DOMAIN}")
    by_sendmail(trial, mail)
    return trial.goes_out(mail) is None


def by_sendmail(trial: Trial, mail: Mail) -> None:
    mail.by_sendmail(trial.box)


def by_bounce(trial: Trial, mail: Mail) -> None:
    mail.by_sendmail(trial.box, "<>")


def by_login(trial: Trial, mail: Mail) -> None:
    mail.by_smtp(net.STRANGER, f"jan@{DOMAIN}", login=trial.setup.login)


def by_other_mail_from(trial: Trial, mail: Mail) -> None:
    mail.by_sendmail(trial.box, "bounce@elsewhere.test")


def by_relay_client(trial: Trial, mail: Mail) -> None:
    mail.by_smtp(net.RELAY_CLIENT, f"jan@{DOMAIN}")


def list_id(message: bytes) -> bytes:
    """As every mailing list does."""
    return message.replace(b"\r\nTo: ", b"\r\nList-Id: <list.next.test>\r\nTo: ", 1)


def refolded(message: bytes) -> bytes:
    return message.replace(b"\r\nTo: ", b"\r\nTo:\r\n ", 1)


def key_and_zone() -> tuple[str, str]:
    """A key, and its record in zone text."""
    key = some_rsa_key()
    der = subprocess.run(["openssl", "pkey", "-pubout", "-outform", "DER"], input=key.encode(), check=True, stdout=subprocess.PIPE).stdout
    public = base64.b64encode(der).decode()
    return key, f'{SELECTOR}._domainkey TXT ( "v=DKIM1; k=rsa; p=" "{public[:200]}" "{public[200:]}" )\n'


def run(world: World, make: Callable[[str], object]) -> None:
    key, record = key_and_zone()
    nameserver = Nameserver(world.work / "dns")
    nameserver.add(DOMAIN, record)
    setup = make(key)
    with nameserver, world.box(setup) as box:
        trial = Trial(world, box, setup)
        for case in setup.cases:
            trial.run(case)
