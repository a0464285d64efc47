"""What goes out, signed or not, from a server that the bundle set up."""

import dataclasses

import net
import verify
from mail import Mail
from maildomains import DOMAINS, Bundle
from nexthop import NextHop
from report import Report
from box import Box

# Two octets over 127 per letter, and a comma that must not be taken for the end of an address (RFC 2047 section 5).
COMMA_NAME = "=?utf-8?q?M=C3=BCller=2C_Jan?="
EIGHT_BITS = "Grüße aus Köln, über 7 Bit\r\n".encode()


@dataclasses.dataclass
class Sent:
    words: str
    mail: Mail
    domain: str | None  # d=; None: must not be signed


def send_everything(box: Box, server) -> list[Sent]:
    sent: list[Sent] = []

    def by_sendmail(words: str, sender: str, domain: str | None, envelope_from: str | None = None, **how: object) -> None:
        sent.append(Sent(f"{words}, by sendmail", Mail(sender, **how), domain))
        sent[-1].mail.by_sendmail(box, envelope_from)

    def by_login(words: str, sender: str, domain: str | None, envelope_from: str = "bob@example.test", **how: object) -> None:
        sent.append(Sent(f"{words}, by a client with a password", Mail(sender, **how), domain))
        sent[-1].mail.by_smtp(net.STRANGER, envelope_from, login=server.login)

    for domain in DOMAINS:
        by_sendmail(f"{domain.name}: plain", f"Jan <jan@{domain.name}>", domain.name)
        by_login(f"{domain.name}: display name with an encoded comma", f"{COMMA_NAME} <jan@{domain.name}>", domain.name)
        by_login(f"{domain.name}: 8-bit body", f"jan@{domain.name}", domain.name, body=EIGHT_BITS,
                 mime="text/plain; charset=utf-8", encoding="8bit")
    by_login("upper-case domain", "Jan <jan@EXAMPLE.Test>", "example.test")
    by_login("subdomain", "jan@www.example.test", "example.test" if server.subdomains_are_signed else None)
    by_login("envelope sender of another domain", "jan@shop.test", "shop.test", envelope_from="bounce@elsewhere.test")
    by_sendmail("empty envelope sender", "jan@shop.test", "shop.test", envelope_from="<>")
    by_sendmail("From: of a domain without a key", "jan@nokey.test", None)
    by_sendmail("From: of a domain that only ends like ours", "jan@notexample.test", None)
    by_login("From: of a domain without a key", "jan@nokey.test", None)
    if server.relay_clients_are_signed:
        sent.append(Sent("plain, by a client that may relay", Mail("jan@example.test"), "example.test"))
        sent[-1].mail.by_smtp(net.RELAY_CLIENT, "jan@example.test")
    sent.append(Sent("a stranger's forgery that an alias forwards", Mail("Boss <boss@example.test>"), None))
    sent[-1].mail.by_smtp(net.STRANGER, "crook@elsewhere.test", to="forward@example.test")
    return sent


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


def _words(keys: set[tuple[str, str, str]]) -> str:
    return " and ".join(sorted(f"{selector} ({algorithm})" for _, selector, algorithm in keys))
