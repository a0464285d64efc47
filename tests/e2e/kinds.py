"""The ten kinds of mail that every server has to stand, each sent in the ways that people have it sent."""

from collections.abc import Callable, Iterator

import net
from box import Box
from mail import Mail
from maildomains import DOMAINS
from signing import LIST_FIELDS, Sent

# Two octets over 127 per letter, and a comma that must not be taken for the end of an address (RFC 2047 section 5).
COMMA_NAME = "=?utf-8?q?M=C3=BCller=2C_Jan?="
EIGHT_BITS = "Grüße aus Köln, über 7 Bit\r\n".encode()
IDN = DOMAINS[2]

KINDS = ["direct", "authenticated", "local pipe", "smarthost", "foreign From", "no From", "subdomain", "IDN", "8-bit", "list-like"]

class Sender:
    """One server's ways in."""

    def __init__(self, box: Box, server) -> None:
        self._box, self._server = box, server

    def by_sendmail(self, mail: Mail, envelope_from: str | None = None) -> None:
        mail.by_sendmail(self._box, envelope_from)

    def by_login(self, mail: Mail, envelope_from: str = "bob@example.test") -> None:
        mail.by_smtp(net.STRANGER, envelope_from, login=self._server.login)

    def from_localhost(self, mail: Mail, envelope_from: str = "jan@example.test") -> None:
        mail.from_localhost(self._box, envelope_from)

    def from_relay_client(self, mail: Mail, envelope_from: str = "jan@example.test") -> None:
        mail.by_smtp(net.RELAY_CLIENT, envelope_from)

    def by_a_stranger(self, mail: Mail) -> None:
        mail.by_smtp(net.STRANGER, "crook@elsewhere.test", to="forward@example.test")


Row = tuple[str, str, Callable[..., None], Mail, str | None, dict[str, str]]  # kind, words, way, mail, d=, options of the way


def _rows(way: Sender, server) -> Iterator[Row]:
    sub = "example.test" if server.subdomains_are_signed else None
    for domain in DOMAINS:
        kind = "IDN" if domain is IDN else "local pipe"
        yield kind, f"{domain.name}, by sendmail", way.by_sendmail, Mail(f"Jan <jan@{domain.name}>"), domain.name, {}
        kind = "IDN" if domain is IDN else "authenticated"
        yield kind, f"{domain.name}, display name with an encoded comma", way.by_login, Mail(f"{COMMA_NAME} <jan@{domain.name}>"), domain.name, {}
        yield "8-bit", f"{domain.name}, declared", way.by_login, _eight_bits(f"jan@{domain.name}"), domain.name, {}
    yield "8-bit", "by sendmail", way.by_sendmail, _eight_bits("jan@shop.test"), "shop.test", {}
    yield "direct", "from localhost, as web applications do", way.from_localhost, Mail("jan@example.test"), "example.test", {}
    if server.relay_clients_are_signed:
        yield "direct", "from a client that may relay", way.from_relay_client, Mail("jan@example.test"), "example.test", {}
    yield "authenticated", "upper-case domain", way.by_login, Mail("Jan <jan@EXAMPLE.Test>"), "example.test", {}
    yield "authenticated", "envelope sender of another domain", way.by_login, Mail("jan@shop.test"), "shop.test", {
        "envelope_from": "bounce@elsewhere.test"}
    yield "local pipe", "empty envelope sender", way.by_sendmail, Mail("jan@shop.test"), "shop.test", {"envelope_from": "<>"}
    yield "subdomain", "by a client with a password", way.by_login, Mail("jan@www.example.test"), sub, {}
    yield "subdomain", "by sendmail", way.by_sendmail, Mail("jan@www.example.test"), sub, {}
    yield "foreign From", "of a domain without a key, by sendmail", way.by_sendmail, Mail("jan@nokey.test"), None, {}
    yield "foreign From", "of a domain that only ends like ours", way.by_sendmail, Mail("jan@notexample.test"), None, {}
    yield "foreign From", "of a domain without a key, by a client with a password", way.by_login, Mail("jan@nokey.test"), None, {}
    yield "foreign From", "a stranger's forgery that an alias forwards", way.by_a_stranger, Mail("Boss <boss@example.test>"), None, {}
    yield "no From", "by sendmail", way.by_sendmail, Mail(None), "example.test", {"envelope_from": "jan@example.test"}
    yield "no From", "from localhost", way.from_localhost, Mail(None), "example.test", {}
    yield "no From", "by a client with a password", way.by_login, Mail(None), "example.test" if server.adds_from_for_clients else None, {}
    yield "list-like", "by sendmail, as list servers do", way.by_sendmail, Mail("jan@example.test", more=LIST_FIELDS), "example.test", {
        "envelope_from": "friends-bounces@lists.test"}
    yield "list-like", "of a domain without a key", way.by_sendmail, Mail("jan@nokey.test", more=LIST_FIELDS), None, {
        "envelope_from": "friends-bounces@lists.test"}


def send_all(box: Box, server) -> list[Sent]:
    sent = []
    for kind, words, way, mail, domain, options in _rows(Sender(box, server), server):
        way(mail, **options)
        sent.append(Sent(f"{kind}, {words}", mail, domain, kind))
    return sent


def send_through_smarthost(box: Box) -> list[Sent]:
    mail = Mail("Jan <jan@shop.test>")
    mail.by_sendmail(box)
    return [Sent("smarthost, by sendmail", mail, "shop.test", "smarthost")]


def _eight_bits(sender: str) -> Mail:
    return Mail(sender, body=EIGHT_BITS, mime="text/plain; charset=utf-8", encoding="8bit")
