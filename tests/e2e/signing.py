"""What goes out, signed or not, from a server that the bundle set up."""

import dataclasses

import verify
from mail import Mail
from maildomains import Bundle
from nexthop import NextHop
from report import Report

# What list servers add to mail that passes through them (RFC 2369, RFC 2919).
LIST_FIELDS = "List-Id: Friends <friends.lists.test>\r\nList-Post: <mailto:friends@lists.test>\r\n" \
              "List-Unsubscribe: <mailto:friends-leave@lists.test>\r\nSender: friends-bounces@lists.test\r\nPrecedence: list\r\n"


@dataclasses.dataclass
class Sent:
    words: str
    mail: Mail
    domain: str | None  # d=; None: must not be signed
    kind: str = ""


def check(report: Report, hop: NextHop, sent: list[Sent], bundle: Bundle) -> None:
    """Every mail arrived; each is signed and verified by two verifiers or more, or is not signed, as it should."""
    for one in sent:
        message = hop.wait_for(one.mail.token)
        if not report.check(f"{one.words}: goes out", message is not None):
            continue
        signatures = verify.signatures(message)
        seen = {(signature.domain, signature.selector, signature.algorithm) for signature in signatures}
        if one.domain is None:
            report.check(f"{one.words}: not signed", not signatures, seen)
            continue
        wanted = bundle.keys_of(one.domain)
        report.check(f"{one.words}: signed as {one.domain} with {_words(wanted)}", wanted and seen == wanted, seen)
        _check_signatures(report, one.words, message, signatures)


def _check_signatures(report: Report, words: str, message: bytes, signatures: list[verify.Signature]) -> None:
    sender = verify.header(message, "From").rpartition("@")[2].rstrip(">").lower()
    for signature in signatures:
        verdicts = signature.verdicts()
        report.check(f"{words}: {signature.algorithm} verified by {', '.join(verdicts)}",
                     len(verdicts) >= 2 and set(verdicts.values()) == {"pass"}, f"{verdicts}\n{message.decode(errors='replace')}")
        report.check(f"{words}: d= is aligned with From:", f".{sender}".endswith(f".{signature.domain}"), sender)
        report.check(f"{words}: a second From: would break it", signature.headers.count("from") >= 2, signature.headers)


def check_verifiers(report: Report, hop: NextHop, sent: Sent) -> None:
    """Verifiers that pass everything would prove nothing."""
    message = hop.wait_for(sent.mail.token) or b""
    for words, tampered in [("changed body", message[:-3] + b"!" + message[-3:]),
                            ("changed Subject", message.replace(b"Subject: ", b"Subject: Re: ", 1)),
                            ("second From:", b"From: boss@bank.test\r\n" + message)]:
        for signature in verify.signatures(tampered):
            passing = [name for name, verdict in signature.verdicts().items() if verdict == "pass"]
            report.check(f"a {words} is seen by every verifier ({signature.algorithm})", not passing, passing)


def check_list(report: Report, hop: NextHop, sent: Sent) -> None:
    """What a mailing list adds to the header must not break the signature; that a footer does shows that it was looked at."""
    message = hop.wait_for(sent.mail.token) or b""
    for words, changed, wanted in [
            ("the fields that a list adds", LIST_FIELDS.encode() + message, True),
            ("a list's footer", message + b"-- \r\nFriends, a mailing list\r\n", False)]:
        for signature in verify.signatures(changed):
            verdicts = signature.verdicts()
            passing = [name for name, verdict in verdicts.items() if verdict == "pass"]
            report.check(f"{words}: {signature.algorithm} {'still passes' if wanted else 'is seen to fail'}",
                         len(passing) == (len(verdicts) if wanted else 0), verdicts)


def _words(keys: set[tuple[str, str, str]]) -> str:
    return " and ".join(sorted(f"{selector} ({algorithm})" for _, selector, algorithm in keys))
