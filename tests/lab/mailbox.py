"""A mailbox as its owner uses it: mail is handed in at submission (RFC 6409), and read back with IMAP (Dovecot)."""

import asyncio
import base64
import pathlib
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable

import certificates
import places

USER, PASSWORD = f"me@{places.DOMAIN}", "open-sesame"
IMAPS, SUBMISSION = 993, 587
_CONFIG = """protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
listen = {addresses}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = yes
mail_location = maildir:{folder}/Maildir
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = user={user} password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}
}}
service imap-login {{
  inet_listener imap {{
    port = 143
  }}
  inet_listener imaps {{
    port = 993
    ssl = yes
  }}
}}
"""


class Mailbox:
    """`delivered` may change a message on its way in, as a receiver does."""

    def __init__(self, folder: pathlib.Path, authority: certificates.Authority) -> None:
        folder.mkdir()
        self._folder = folder
        self._tls = authority.context(places.MAIL_HOST)
        self._certificate = authority.file(places.MAIL_HOST)
        self._count = 0
        self.delivered: Callable[[bytes], bytes] = lambda message: message

    def start(self) -> None:
        for name in ("Maildir/new", "Maildir/cur", "Maildir/tmp", "run"):
            (self._folder / name).mkdir(parents=True)
        for folder in (self._folder, self._folder / "Maildir", *(self._folder / "Maildir").iterdir()):
            shutil.chown(folder, "mail", "mail")
        self._folder.parent.chmod(0o711)  # Dovecot does not read mail as root
        config = self._folder / "dovecot.conf"
        config.write_text(_CONFIG.format(folder=self._folder, certificate=self._certificate, user=USER, password=PASSWORD,
                                         addresses=", ".join(places.MAIL)))
        self._process = subprocess.Popen(["dovecot", "-F", "-c", config])
        self._wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    async def open_submission(self) -> None:
        for address in places.MAIL:
            await asyncio.start_server(self._submission, address, SUBMISSION)

    def deliver(self, message: bytes) -> None:
        self._count += 1
        name = f"{time.time_ns()}.{self._count}.{places.MAIL_HOST}"
        file = self._folder / "Maildir/tmp" / name
        file.write_bytes(self.delivered(message))
        shutil.chown(file, "mail", "mail")
        file.rename(self._folder / "Maildir/new" / name)

    def _wait(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection((places.MAIL[0], IMAPS), timeout=2).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"Dovecot does not listen:\n{(self._folder / 'log').read_text()}")

    async def _submission(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Submission(reader, writer, self._tls, self.deliver).talk()
        except (OSError, EOFError, ValueError):
            pass
        finally:
            writer.close()


class _Submission:
    """One conversation: nothing before TLS and the password."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tls: ssl.SSLContext,
                 deliver: Callable[[bytes], None]) -> None:
        self._reader, self._writer, self._tls, self._deliver = reader, writer, tls, deliver
        self._is_secure = self._is_known = False

    async def talk(self) -> None:
        self._say(f"220 {places.MAIL_HOST} ESMTP")
        while line := (await self._reader.readline()).decode(errors="replace").strip():
            verb = line.split()[0].upper()
            if verb == "QUIT":
                self._say("221 2.0.0 Bye")
                return
            await self._obey(verb, line)

    async def _obey(self, verb: str, line: str) -> None:
        if verb == "EHLO":
            self._say(f"250-{places.MAIL_HOST}", "250-AUTH PLAIN" if self._is_secure else "250-STARTTLS", "250 8BITMIME")
        elif verb == "STARTTLS" and not self._is_secure:
            self._say("220 2.0.0 Go ahead")
            await self._writer.start_tls(self._tls)
            self._is_secure = True
        elif verb == "AUTH" and self._is_secure:
            await self._authenticate(line)
        elif not self._is_known:
            self._say("530 5.7.0 Authenticate first")
        elif verb == "DATA":
            self._say("354 Go on")
            message = await self._reader.readuntil(b"\r\n.\r\n")
            self._deliver(message[:-3].replace(b"\r\n..", b"\r\n."))
            self._say("250 2.0.0 Taken")
        else:
            self._say("250 2.1.0 Fine")

    async def _authenticate(self, line: str) -> None:
        words = line.split()
        if len(words) == 2:
            self._say("334 ")
            words.append((await self._reader.readline()).decode().strip())
        self._is_known = base64.b64decode(words[2]).decode().split("\0")[1:] == [USER, PASSWORD]
        self._say("235 2.7.0 Welcome" if self._is_known else "535 5.7.8 Wrong password")

    def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
