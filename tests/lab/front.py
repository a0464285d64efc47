"""What stands before every name server: it hands questions on as they are, or misbehaves.

A behaviour is a coroutine (upstream, question, tcp) that returns the answer's octets, or None for silence.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

import places

_DESK = [address.split("/")[0] for address in places.DESK]

Behaviour = Callable[["Upstream", bytes, bool], Awaitable[bytes | None]]


class Upstream(asyncio.DatagramProtocol):
    """The name server behind a front. One socket, and numbers of its own to tell the answers by."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[bytes]] = {}

    async def open(self) -> None:
        self._transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, remote_addr=("127.0.0.1", self._port))

    async def ask(self, question: bytes, tcp: bool) -> bytes | None:
        return await (self._ask_by_tcp(question) if tcp else self._ask_by_udp(question))

    async def _ask_by_udp(self, question: bytes) -> bytes | None:
        number = next(self._numbers) % 65536
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self._transport.sendto(number.to_bytes(2, "big") + question[2:])
        try:
            answer = await asyncio.wait_for(self._waiting[number], timeout=10)
        except TimeoutError:
            return None
        finally:
            del self._waiting[number]
        return question[:2] + answer[2:]

    async def _ask_by_tcp(self, question: bytes) -> bytes | None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(len(question).to_bytes(2, "big") + question)
            answer = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
            writer.close()
            return answer
        except (OSError, EOFError):
            return None

    def datagram_received(self, answer: bytes, _: object) -> None:
        waiting = self._waiting.get(int.from_bytes(answer[:2], "big"))
        if waiting and not waiting.done():
            waiting.set_result(answer)


class Front:
    def __init__(self, addresses: list[str], port: int) -> None:
        self._addresses = addresses
        self._upstream = Upstream(port)
        self._kept: set[object] = set()
        self.behaviour: Behaviour = pass_on
        self.interceptor: Upstream | None = None  # answers the desk in our place …
        self.intercepted: tuple[int, ...] = ()    # … over these versions of IP

    async def open(self) -> None:
        await self._upstream.open()
        for address in self._addresses:
            await asyncio.get_running_loop().create_datagram_endpoint(lambda: _Datagrams(self), local_addr=(address, 53))
            self._kept.add(await asyncio.start_server(self._serve, address, 53))

    @property
    def upstream(self) -> Upstream:
        return self._upstream

    async def answer(self, question: bytes, tcp: bool, asker: str) -> bytes | None:
        if self.interceptor and asker in _DESK and (6 if ":" in asker else 4) in self.intercepted:
            return await self.interceptor.ask(question, tcp)
        return await self.behaviour(self._upstream, question, tcp)

    def keep(self, task: asyncio.Task) -> None:
        """The event loop alone would let it be collected."""
        self._kept.add(task)
        task.add_done_callback(self._kept.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                question = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
                answer = await self.answer(question, tcp=True, asker=writer.get_extra_info("peername")[0])
                if answer is None:
                    break
                writer.write(len(answer).to_bytes(2, "big") + answer)
        except (OSError, EOFError):
            pass
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, front: Front) -> None:
        self._front = front

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self._transport = transport

    def datagram_received(self, question: bytes, asker: tuple) -> None:
        self._front.keep(asyncio.get_running_loop().create_task(self._answer(question, asker)))

    async def _answer(self, question: bytes, asker: tuple) -> None:
        answer = await self._front.answer(question, tcp=False, asker=asker[0])
        if answer is not None:
            self._transport.sendto(answer, asker)


async def pass_on(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
    return await upstream.ask(question, tcp)


async def silent(_: Upstream, __: bytes, ___: bool) -> None:
    return None


def slow(seconds: float) -> Behaviour:
    async def behave(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
        await asyncio.sleep(seconds)
        return await upstream.ask(question, tcp)
    return behave


def only_code(code: dns.rcode.Rcode) -> Behaviour:
    """REFUSED, SERVFAIL …, and nothing else."""
    async def behave(_: Upstream, question: bytes, __: bool) -> bytes | None:
        reply = dns.message.make_response(dns.message.from_wire(question))
        reply.set_rcode(code)
        return reply.to_wire()
    return behave


async def knows_no_edns(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
    """As servers of the last century: FORMERR to whoever shows an OPT record (RFC 6891 section 7)."""
    asked = dns.message.from_wire(question)
    if asked.edns < 0:
        return await upstream.ask(question, tcp)
    asked.use_edns(False)
    reply = dns.message.make_response(asked)
    reply.set_rcode(dns.rcode.FORMERR)
    return reply.to_wire()


async def lame(_: Upstream, question: bytes, __: bool) -> bytes | None:
    """No authority, and the asker is sent to the root (an upward referral)."""
    reply = dns.message.make_response(dns.message.from_wire(question))
    reply.authority.append(dns.rrset.from_text(".", 518400, "IN", "NS", "a.root-servers.net."))
    return reply.to_wire()


async def without_authority(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
    """The right records, as a cache has them: without the AA bit."""
    answer = await upstream.ask(question, tcp)
    return answer and answer[:2] + bytes([answer[2] & ~0x04]) + answer[3:]


def truncating(tcp_works: bool) -> Behaviour:
    async def behave(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
        if tcp:
            return await upstream.ask(question, tcp) if tcp_works else None
        reply = dns.message.make_response(dns.message.from_wire(question))
        reply.flags |= dns.flags.TC | dns.flags.AA
        return reply.to_wire()
    return behave


def losing_more_than(octets: int) -> Behaviour:
    """Large datagrams get lost on the way, as fragments do."""
    async def behave(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
        answer = await upstream.ask(question, tcp)
        return answer if tcp or answer is None or len(answer) <= octets else None
    return behave


async def with_another_id(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
    answer = await upstream.ask(question, tcp)
    return answer and bytes([answer[0] ^ 0xFF]) + answer[1:]


async def garbage(_: Upstream, __: bytes, ___: bool) -> bytes:
    """Shorter than the header of a message (RFC 1035 section 4.1.1)."""
    return b"garbage"


def lying(name: str, kind: str, *values: str) -> Behaviour:
    """Other records at one name; all else is right."""
    false = dns.rrset.from_text(f"{name}.", 300, "IN", kind, *values) if values else None
    key = (dns.name.from_text(f"{name}."), dns.rdatatype.from_text(kind))

    async def behave(upstream: Upstream, question: bytes, tcp: bool) -> bytes | None:
        asked = dns.message.from_wire(question)
        if not asked.question or (asked.question[0].name, asked.question[0].rdtype) != key:
            return await upstream.ask(question, tcp)
        reply = dns.message.make_response(asked)
        reply.flags |= dns.flags.AA
        if false:
            reply.answer.append(false)
        return reply.to_wire()
    return behave


class Fronts:
    """All of them, by name."""

    def __init__(self) -> None:
        self.top = Front(places.ROOT + places.TOP, places.BEHIND_TOP)
        self.ns1 = Front(places.NS1, places.BEHIND_NS1)
        self.ns2 = Front(places.NS2 + places.NS2_MORE, places.BEHIND_NS2)
        self.resolver = Front(places.RESOLVER, places.BEHIND_RESOLVER)
        self.public = Front(places.PUBLIC_RESOLVER, places.BEHIND_PUBLIC)

    async def open(self) -> None:
        for front in vars(self).values():
            await front.open()

    def intercept(self, *versions: int) -> None:
        """The desk's network answers all that goes to port 53 over IPv4 (4) or IPv6 (6) itself, with its resolver."""
        for front in vars(self).values():
            front.interceptor, front.intercepted = self.resolver.upstream, versions

    def restore(self) -> None:
        for front in vars(self).values():
            front.behaviour, front.interceptor = pass_on, None
