"""The web server with the MTA-STS policy (RFC 8461 section 3.3)."""

import asyncio
import ssl

import places

class Website:
    def __init__(self, sound: ssl.SSLContext) -> None:
        self._sound = sound
        self._policy = ""
        self.restore()

    def publish(self, policy: str) -> None:
        self._policy = policy
        self.restore()

    def restore(self) -> None:
        self.status = "200 OK"
        self.content_type = "text/plain"
        self.body = self._policy
        self.headers: list[str] = []
        self.tls = self._sound
        self.delay = 0.0
        self.refuses = False

    async def open(self) -> None:
        # The handshake is ours to begin, so that a row can change the certificate.
        for address in places.WEB:
            await asyncio.start_server(self._serve, address, 443)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not self.refuses:
                await writer.start_tls(self.tls)
                await self._answer(reader, writer)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode(errors="replace")
        await asyncio.sleep(self.delay)
        found = request.startswith("GET /.well-known/mta-sts.txt ")
        body = self.body.encode() if found else b"nothing here"
        lines = [f"HTTP/1.1 {self.status if found else '404 Not Found'}", f"Content-Type: {self.content_type}",
                 f"Content-Length: {len(body)}", "Connection: close", *self.headers]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
