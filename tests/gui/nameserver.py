"""A DNS server on a free port of loopback that answers from zone text, which may grow while it runs."""
import socket
import struct
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.zone


class NameServer:
    def __init__(self, zones):
        """zones: {"example.org": zone text}"""
        self.zones = {}
        for origin, text in zones.items():
            self.publish(origin, text)
        self.datagrams, self.listener = self.bind()
        self.port = self.datagrams.getsockname()[1]
        for target in (self.serve_datagrams, self.serve_streams):
            threading.Thread(target=target, daemon=True).start()

    def publish(self, origin, text):
        """Replaces a zone as a whole."""
        zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
        self.zones[zone.origin] = zone

    @staticmethod
    def bind():
        for _ in range(20):
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind(("127.0.0.1", 0))
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                listener.bind(datagrams.getsockname())
            except OSError:  # another has it for TCP
                continue
            listener.listen()
            return datagrams, listener
        raise OSError("no port is free for both UDP and TCP")

    def answer(self, octets, over_tcp):
        query = dns.message.from_wire(octets)
        reply = dns.message.make_response(query, recursion_available=True)
        name, kind = query.question[0].name, query.question[0].rdtype
        zone = next((z for origin, z in self.zones.items() if name.is_subdomain(origin)), None)
        if zone is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            found = zone.get_rrset(name, kind)
            soa = zone.get_rrset(zone.origin, dns.rdatatype.SOA)
            if found:
                reply.answer.append(found)
            elif soa:
                reply.authority.append(soa)
            if not any(n.is_subdomain(name) for n in zone.nodes):
                reply.set_rcode(dns.rcode.NXDOMAIN)
        wire = reply.to_wire(max_size=65535)
        if not over_tcp and len(wire) > 1232:
            short = dns.message.make_response(query, recursion_available=True)
            short.flags |= dns.flags.TC
            wire = short.to_wire()
        return wire

    def serve_datagrams(self):
        while True:
            octets, peer = self.datagrams.recvfrom(65535)
            self.datagrams.sendto(self.answer(octets, over_tcp=False), peer)

    def serve_streams(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve_stream, args=[connection], daemon=True).start()

    def serve_stream(self, connection):
        with connection, connection.makefile("rwb") as stream:
            while length := stream.read(2):
                wire = self.answer(stream.read(struct.unpack("!H", length)[0]), over_tcp=True)
                stream.write(struct.pack("!H", len(wire)) + wire)
                stream.flush()
