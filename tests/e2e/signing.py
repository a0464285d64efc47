"""What goes out, signed or not, from a server that the bundle set up."""

import dataclasses

import mail
import net
import verify
from serverbox import Box
from mail import Mail
from maildomains import DOMAINS
from nexthop import NextHop
from report import Report

# Two octets over 127 per letter, and a comma that must not be taken for the end of an address (RFC 2047 section 5).
COMMA_NAME = "=?utf-8?q?M=C3=BCller=2C_Jan?="
EIGHT_BITS = "Grüße aus Köln, über 7 Bit\r\n".encode()


@dataclasses.dataclass
class Sent:
    words: str
    mail: Mail
    domain: str | None  # d=; None: must not be signed


def send_everything(box: Box, login: tuple[str, str], relay_client: bool) -> list[Sent]:
    sent: list[Sent] = []

    def by_sendmail(words: str, sender: str, domain: str | None, envelope_from: str | None = None, **how: object) -> None:
        sent.append(Sent(f"{words}, by sendmail", Mail(sender, **how), domain))
        sent[-1].mail.by_sendmail(box, envelope_from)

    def by_login(words: str, sender: str, domain: str | None, envelope_from: str = "bob@example.test", **how: object) -> None:
        sent.append(Sent(f"{words}, by a client with a password", Mail(sender, **how), domain))
        sent[-1].mail.by_smtp(net.STRANGER, envelope_from, login=login)

    for domain in DOMAINS:
        by_sendmail(f"{domain.name}: plain", f"Jan <jan@{domain.name}>", domain.name)
        by_login(f"{domain.name}: display name with an encoded comma", f"{COMMA_NAME} <jan@{domain.name}>", domain.name)
        by_login(f"{domain.name}: 8-bit body", f"jan@{domain.name}", domain.name, body=EIGHT_BITS,
                 mime="text/plain; charset=utf-8", encoding="8bit")
    by_login("upper-case domain", "Jan <jan@EXAMPLE.Test>", "example.test")
    by_login("envelope sender of another domain", "jan@shop.test", "shop.test", envelope_from="bounce@elsewhere.test")
    by_sendmail("empty envelope sender", "jan@shop.test", "shop.test", envelope_from="<>")
    by_sendmail("From: of a domain without a key", "jan@nokey.test", None)
    by_sendmail("From: of a domain that only ends like ours", "jan@notexample.test", None)
    by_login("From: of a domain without a key", "jan@nokey.test", None)
    if relay_client:
        sent.append(Sent("plain, by a client that may relay", Mail("jan@example.test"), "example.test"))
        sent[-1].mail.by_smtp(net.RELAY_CLIENT, "jan@example.test")
    sent.append(Sent("a stranger's forgery that an alias forwards", Mail("Boss <boss@example.test>"), None))
    sent[-1].mail.by_smtp(net.STRANGER, "crook@elsewhere.test", to="forward@example.test")
    return sent


def check(report: Report, hop: NextHop, sent: list[Sent], algorithms: list[str]) -> None:
    """Every mail arrived; each is signed and verified by two verifiers or more, or is not signed, as it should."""
    for one in sent:
        message = hop.wait_for(one.mail.token)
        if not report.check(f"{one.words}: goes out", message is not None):
            continue
        signatures = verify.signatures(message)
        if one.domain is None:
            report.check(f"{one.words}: not signed", not signatures, signatures)
        else:
            _check_signed(report, one, message, signatures, algorithms)


def check_verifiers(report: Report, hop: NextHop, sent: Sent) -> None:
    """Verifiers that pass everything would prove nothing."""
    message = hop.wait_for(sent.mail.token)
    for words, tampered in [("body", message[:-3] + b"!" + message[-3:]),
                            ("Subject", message.replace(b"Subject: ", b"Subject: Re: ", 1)),
                            ("second From:", b"From: boss@bank.test\r\n" + message)]:
        for signature in verify.signatures(tampered):
            passing = [name for name, verdict in signature.verdicts().items() if verdict == "pass"]
            report.check(f"a changed {words} is seen by every verifier ({signature.algorithm})", not passing, passing)


def _check_signed(report: Report, one: Sent, message: bytes, signatures: list[verify.Signature], algorithms: list[str]) -> None:
    selectors = {domain.name: domain.selector for domain in DOMAINS}
    report.check(f"{one.words}: signed as {one.domain} with {' and '.join(algorithms)}",
                 sorted(signature.algorithm for signature in signatures) == sorted(algorithms)
                 and all(signature.domain == one.domain for signature in signatures)
                 and selectors[one.domain] in [signature.selector for signature in signatures],
                 [(signature.domain, signature.selector, signature.algorithm) for signature in signatures])
    sender = verify.header(message, "From").rpartition("@")[2].rstrip(">").lower()
    report.check(f"{one.words}: d= is aligned with From:", all(sender == signature.domain or sender.endswith("." + signature.domain)
                                                                 for signature in signatures), sender)
    for signature in signatures:
        verdicts = signature.verdicts()
        report.check(f"{one.words}: {signature.algorithm} verified by {', '.join(verdicts)}",
                     len(verdicts) >= 2 and set(verdicts.values()) == {"pass"}, f"{verdicts}\n{message.decode(errors='replace')}")
        report.check(f"{one.words}: {signature.algorithm} forbids a second From:", signature.headers.count("from") >= 2,
                     signature.headers)
