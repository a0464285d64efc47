"""Messages, and the ways by which they come to the server."""

import itertools
import smtplib
import time

import net
from box import Box

_numbers = itertools.count(1)
TO = f"someone@{net.NEXT_DOMAIN}"


class Mail:
    """`sender` is the From: field as it stands in the mail."""

    def __init__(self, sender: str, body: bytes = b"The quick brown fox.\r\n.leading dot\r\n \t trailing \r\n",
                 mime: str = "text/plain; charset=us-ascii", encoding: str = "7bit", more: str = "") -> None:
        self.token = f"e2e-{next(_numbers)}-token"
        self.octets = (f"From: {sender}\r\nTo: {TO}\r\nSubject: {self.token}\r\nDate: Tue, 24 Nov 2026 02:30:00 +0000\r\n"
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
