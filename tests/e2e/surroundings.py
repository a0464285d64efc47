"""Everything around the servers of one scenario."""

import contextlib
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import net
import roots
from maildomains import DOMAINS, NAMES, Bundle, Cli, MailDomain
from nameserver import Nameserver, records
from nexthop import NextHop
from report import Report
from box import Box
from systemdbox import SystemdBox

BUNDLE = "/mnt/bundle"


class World:
    """Made once per process, in namespaces of our own: they and all that is mounted here vanish with it."""

    def __init__(self, report: Report, cli: str, cache: pathlib.Path, debian: str) -> None:
        self.report = report
        self._cache = cache
        self._debian = debian
        self.cli = cli
        self.work = cache / "work"
        self.work.mkdir(mode=0o700, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "sealwright-e2e", self.work], check=True)
        self._build_network()
        self._cli = Cli(cli, self.work)
        self.hop = NextHop()
        # Without 8BITMIME, so that a server that converts a mail after it was signed is caught.
        self.hop.listen(net.NEXT_HOP, extensions=())
        self.hop.listen(net.SMARTHOST, extensions=("8BITMIME",))

    def bundle(self, server, domains: list[MailDomain] = DOMAINS, inbound: str = "unchanged") -> Bundle:
        return Bundle(self._cli, server.stack, server.key_types, self.work, domains, inbound)

    def serve(self, bundle: Bundle) -> Nameserver:
        """A name server with the zone text of every domain; to be entered with "with"."""
        nameserver = Nameserver(pathlib.Path(tempfile.mkdtemp(dir=self.work)) / "dns")
        for domain, zone in bundle.zones.items():
            complaints = nameserver.add(domain, zone)
            self.report.check(f"named-checkzone accepts the records of {domain}", not complaints, complaints)
            shown = bundle.shown[domain]
            differing = records(domain, zone) ^ records(domain, shown)
            self.report.check(f"the command line shows the same records of {domain}", not differing, f"{differing}\n{shown}")
        return nameserver

    @contextlib.contextmanager
    def box(self, server, bundle: Bundle | None = None, running: bool = True) -> Iterator[Box]:
        """A server as its admin set it up, with the bundle copied to it."""
        kind = SystemdBox if server.systemd else Box
        root = f"{server.root}-systemd" if server.systemd else server.root
        with kind(roots.ensure(self._cache, root, self._debian), self.work) as box:
            server.prepare(box, NAMES)
            if bundle:
                shutil.copytree(bundle.folder, box.path(BUNDLE))
            if running:
                server.start(box)
            failures = len(self.report.failed)
            yield box
            if len(self.report.failed) > failures:
                self.report.note("the server's log:")
                print(server.log(box)[-6000:])

    def _build_network(self) -> None:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        for address in net.OUTSIDE:
            subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
        resolver = self.work / "resolv.conf"
        resolver.write_text(f"nameserver {net.NAMESERVER}\noptions timeout:5 attempts:2\n")
        subprocess.run(["mount", "--bind", resolver, pathlib.Path("/etc/resolv.conf").resolve()], check=True)
