"""Verifiers that others wrote, and ours, each asked about one signature at a time."""

import dataclasses
import json
import re
import subprocess

import dkim

_MAIL_DKIM = """
use Mail::DKIM::Verifier;
binmode STDIN;
my $verifier = Mail::DKIM::Verifier->new;
$verifier->PRINT(do { local $/; <STDIN> });
$verifier->CLOSE;
print $verifier->result_detail;
"""

program = ""  # sealwright-cli


@dataclasses.dataclass(frozen=True)
class Signature:
    domain: str
    selector: str
    algorithm: str
    headers: tuple[str, ...]  # h=
    message: bytes  # The mail with no other signature than this one.

    def verdicts(self) -> dict[str, str]:
        """By verifier: "pass", or what it says instead. Two at least know each algorithm."""
        verdicts = {"dkimpy": _dkimpy(self.message), "opendkim": _opendkim(self.message), "ours": _sealwright(self.message)}
        if self.algorithm == "rsa-sha256":  # Mail::DKIM of Debian 12 does not know Ed25519
            verdicts["Mail::DKIM"] = _mail_dkim(self.message)
        return verdicts


def signatures(message: bytes) -> list[Signature]:
    fields, body = _split(message)
    others = [field for field in fields if not _is_signature(field)]
    found = []
    for field in filter(_is_signature, fields):
        tags = dict(part.split("=", 1) for part in re.sub(r"\s+", "", field.decode().split(":", 1)[1]).split(";") if part)
        found.append(Signature(tags["d"], tags["s"], tags["a"], tuple(tags["h"].lower().split(":")),
                               b"".join([field, *others, b"\r\n", body])))
    return found


def header(message: bytes, name: str) -> str:
    """The value of the first header field of that name, unfolded; empty where there is none."""
    for field in _split(message)[0]:
        key, _, value = field.decode(errors="replace").partition(":")
        if key.lower() == name.lower():
            return re.sub(r"\r\n(?=[ \t])", "", value).strip()
    return ""


def _split(message: bytes) -> tuple[list[bytes], bytes]:
    head, _, body = message.partition(b"\r\n\r\n")
    return re.findall(rb"(?ms)^[^ \t\r\n].*?\r\n(?![ \t])", head + b"\r\n"), body


def _is_signature(field: bytes) -> bool:
    return field.lower().startswith(b"dkim-signature:")


def _dkimpy(message: bytes) -> str:
    verifier = dkim.DKIM(message)
    try:
        return "pass" if verifier.verify() else "fail"
    except dkim.DKIMException as problem:
        return str(problem)


def _sealwright(message: bytes) -> str:
    """Our own; asks the DNS as the machine does."""
    status, said = _ask([program, "--json", "message", "verify", "-"], message)
    if status not in (0, 1):
        return f"{status} {said}"
    return ", ".join(f"{one['result']} {one['problem'] or ''}".strip() for one in json.loads(said)["dkim"])


def _mail_dkim(message: bytes) -> str:
    return _ask(["perl", "-e", _MAIL_DKIM], message)[1]


def _opendkim(message: bytes) -> str:
    status, said = _ask(["opendkim-testmsg"], message)
    return "pass" if status == 0 and not said else f"{status} {said}"


def _ask(command: list[str], message: bytes) -> tuple[int, str]:
    done = subprocess.run(command, input=message, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    return done.returncode, done.stdout.decode(errors="replace").strip()
