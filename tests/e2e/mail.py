"""Messages, and the ways by which they come to the server."""

import itertools
import smtplib
import sys
import time

import net
from box import Box

_numbers = itertools.count(1)
TO = f"someone@{net.NEXT_DOMAIN}"
_SENDING = """
import smtplib, sys
with smtplib.SMTP("127.0.0.1", 25, "localhost", timeout=60) as smtp:
    smtp.sendmail(sys.argv[1], [sys.argv[2]], sys.stdin.buffer.read())
"""


class Mail:
    """`sender` is the From: field as it stands in the mail; None: it has none."""

    def __init__(self, sender: str | None, body: bytes = b"The quick brown fox.\r\n.leading dot\r\n \t trailing \r\n",
                 mime: str = "text/plain; charset=us-ascii", encoding: str = "7bit", more: str = "") -> None:
        self.token = f"e2e-{next(_numbers)}-token"
        origin = f"From: {sender}\r\n" if sender is not None else ""
        self.octets = (f"{origin}To: {TO}\r\nSubject: {self.token}\r\nDate: Tue, 24 Nov 2026 02:30:00 +0000\r\n"
                       f"Message-ID: <{self.token}@client.test>\r\nMIME-Version: 1.0\r\nContent-Type: {mime}\r\n"
                       f"Content-Transfer-Encoding: {encoding}\r\n{more}\r\n").encode() + body

    def by_sendmail(self, box: Box, envelope_from: str | None = None) -> None:
        """As cron and web applications on the server do."""
        options = ["-f", envelope_from] if envelope_from is not None else []
        done = box.run("sendmail", "-i", *options, "--", TO, input=self.octets.replace(b"\r\n", b"\n"))
        if done.returncode != 0:
            raise RuntimeError(f"sendmail: {done.stdout}")

    def by_smtp(self, client: str, envelope_from: str, to: str = TO, login: tuple[str, str] | None = None) -> None:
        with _connect(client) as smtp:
            smtp.ehlo()
            if login:
                smtp.login(*login)
            options = ["BODY=8BITMIME"] if any(octet > 127 for octet in self.octets) else []
            smtp.sendmail(envelope_from, [to], self.octets, mail_options=options)

    def from_localhost(self, box: Box, envelope_from: str) -> None:
        """As web applications on the server do that speak SMTP."""
        done = box.run_in_network(sys.executable, "-c", _SENDING, envelope_from, TO, input=self.octets)
        if done.returncode != 0:
            raise RuntimeError(f"SMTP from localhost: {done.stdout}")


def _connect(client: str) -> smtplib.SMTP:
    """A daemon that was just (re)started or reloaded may need a moment to listen again."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return smtplib.SMTP(net.SERVER, 25, "client.test", source_address=(client, 0), timeout=60)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
