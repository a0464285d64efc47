"""The DNS of the test: a root zone of its own (so that nothing asks the Internet and times out), the next hop's zone,
and one zone per mail domain that includes the zone text Sealwright gave, as it is."""

import pathlib
import socket
import subprocess
import time

import dns.message
import dns.query
import dns.zone

import net

_HEAD = f"""$TTL 300
@ SOA ns.{net.NEXT_DOMAIN}. hostmaster.{net.NEXT_DOMAIN}. 1 3600 600 86400 60
@ NS ns.{net.NEXT_DOMAIN}.
"""


class Nameserver:
    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._zones: dict[str, pathlib.Path] = {}
        self._add(".", f"ns.{net.NEXT_DOMAIN}. A {net.NAMESERVER}\n")
        self._add(net.NEXT_DOMAIN, f"@ MX 10 mx\nns A {net.NAMESERVER}\nmx A {net.NEXT_HOP}\nsmarthost A {net.SMARTHOST}\n")

    def add(self, domain: str, fragment: str) -> str:
        """Serves the domain with the fragment included. Returns what named-checkzone has to say; empty: it accepts."""
        included = self._folder / f"{domain}.records"
        included.write_text(fragment)
        host = f"mail A {net.SERVER}\n" if net.SERVER_NAME == f"mail.{domain}" else ""
        self._add(domain, f"@ A {net.SERVER}\n@ MX 10 {net.SERVER_NAME}.\n{host}$INCLUDE {included}\n")
        checked = subprocess.run(["named-checkzone", "-i", "local", domain, self._zones[domain]], stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True)
        complaints = [line for line in checked.stdout.splitlines() if line != "OK" and "loaded serial" not in line]
        return "\n".join(complaints) or ("" if checked.returncode == 0 else "refused")

    def __enter__(self) -> "Nameserver":
        zones = "".join(f"  - domain: {zone}\n    file: {file}\n" for zone, file in self._zones.items())
        config = self._folder / "knot.conf"
        config.write_text(f"server:\n    rundir: {self._folder}\n    listen: {net.NAMESERVER}@53\n"
                          f"database:\n    storage: {self._folder}\nlog:\n  - target: stderr\n    any: warning\n"
                          f"template:\n  - id: default\n    zonefile-sync: -1\n    storage: {self._folder}\nzone:\n{zones}")
        self._server = subprocess.Popen(["knotd", "-c", config])
        for zone in self._zones:
            self._wait_for(zone)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(timeout=30)

    def _add(self, zone: str, records: str) -> None:
        file = self._folder / f"{zone.strip('.') or 'root'}.zone"
        file.write_text(_HEAD + records)
        self._zones[zone] = file

    def _wait_for(self, zone: str) -> None:
        question = dns.message.make_query(zone, "SOA")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if dns.query.tcp(question, net.NAMESERVER, timeout=2).answer:
                    return
            except (OSError, dns.exception.DNSException, socket.timeout):
                pass
            time.sleep(0.02)
        raise RuntimeError(f"the name server does not serve {zone}")


def records(domain: str, fragment: str) -> set[str]:
    """What a piece of zone text says, however it is written; each record on a line of its own."""
    zone = dns.zone.from_text(fragment, origin=domain, relativize=False, check_origin=False)
    return {f"{name} {ttl} {data.to_text()}" for name, ttl, data in zone.iterate_rdatas()}
