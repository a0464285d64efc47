"""A mail server as far as a probe sees it (RFC 5321, RFC 3207): until STARTTLS is through."""

import asyncio
import ssl

import places


class MailHost:
    def __init__(self, addresses: list[str], sound: ssl.SSLContext) -> None:
        self._addresses = addresses
        self._sound = sound
        self._servers: list[asyncio.Server] = []
        self.restore()

    def restore(self) -> None:
        self.greeting = f"220 {places.MAIL_HOST} ESMTP"
        self.ehlo_name = places.MAIL_HOST
        self.offers_starttls = True
        self.starttls_reply = "220 2.0.0 Go ahead"
        self.tls: ssl.SSLContext | None = self._sound  # None: it answers STARTTLS, and the handshake in the clear
        self.is_silent = False
        self.hangs_up = False
        self.knows_ehlo = True
        self.refuses_names = False  # in EHLO: only addresses in brackets will do
        self.delay = 0.0
        self.refuses: list[str] = []  # addresses at which nobody listens

    async def open(self) -> None:
        """Listens where it should by now."""
        listening = {server.sockets[0].getsockname()[0]: server for server in self._servers}
        for address in self._addresses:
            if address not in self.refuses and address not in listening:
                self._servers.append(await asyncio.start_server(self._serve, address, 25))
            elif address in self.refuses and address in listening:
                listening[address].close()
                self._servers.remove(listening[address])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(self.delay)
            if self.is_silent:
                await reader.read()
            elif not self.hangs_up:
                await self._talk(reader, writer)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        secure = False
        writer.write(f"{self.greeting}\r\n".encode())
        while line := (await reader.readline()).decode(errors="replace").strip():
            verb = line.split()[0].upper()
            if verb == "EHLO" and self.refuses_names and "[" not in line:
                writer.write(b"550 5.7.1 No such host\r\n")
            elif verb == "EHLO" and self.knows_ehlo:
                offered = ["STARTTLS"] if self.offers_starttls and not secure else []
                lines = [self.ehlo_name, "SIZE 10240000", *offered, "8BITMIME"]
                text = "".join(f"250{'-' if i + 1 < len(lines) else ' '}{word}\r\n" for i, word in enumerate(lines))
                writer.write(text.encode())
            elif verb == "STARTTLS" and self.offers_starttls:
                writer.write(f"{self.starttls_reply}\r\n".encode())
                await writer.drain()
                if self.starttls_reply.startswith("220"):
                    if self.tls is None:
                        await reader.read(1)
                        writer.write(b"454 4.3.0 TLS is broken here\r\n")
                        await reader.read()
                        return
                    await writer.start_tls(self.tls)
                    secure = True
            elif verb == "QUIT":
                writer.write(b"221 2.0.0 Bye\r\n")
                return
            else:
                writer.write(b"502 5.5.2 Only looked at here\r\n")
