"""Two computers' networks: the internet, where we are, and the desk, where the program under test runs."""

import pathlib
import subprocess

import places


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _version(address: str) -> str:
    return "-6" if ":" in address else "-4"


def _add(address: str, device: str) -> list[str]:
    return ["addr", "add", address, "dev", device, *(["nodad"] if ":" in address else [])]


class Network:
    """The desk lives as long as the pipe to its only process: it goes with us, however we end."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._resolv_conf = folder / "resolv.conf"
        self._rules: list[tuple[str, ...]] = []

    def __enter__(self) -> "Network":
        self._process = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        while pathlib.Path(f"/proc/{self._process.pid}/ns/net").readlink() == pathlib.Path("/proc/self/ns/net").readlink():
            pass  # unshare has not come to it yet
        self._wire()
        self._resolv_conf.write_text("".join(f"nameserver {address}\n" for address in places.RESOLVER))
        subprocess.run(["mount", "--bind", self._resolv_conf, "/etc/resolv.conf"], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "/etc/resolv.conf"], check=True)
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def on_desk(self, *words: str) -> list[str]:
        """A command, as it is started to run on the desk."""
        return ["nsenter", "-t", str(self._process.pid), "--net", *words]

    def close(self, protocol: str, port: int, *addresses: str) -> None:
        """The desk's provider swallows packets to that port of these addresses, or of all but its own resolver's."""
        for address in addresses or ["0.0.0.0/0", "::/0"]:
            self._rule(_version(address), "pref", "50", "to", address, "iif", "desk", "ipproto", protocol, "dport", str(port),
                       "blackhole")
        if not addresses:
            self._rule("-4", "pref", "40", "to", places.RESOLVER[0], "iif", "desk", "lookup", "local")

    def take_ipv6(self) -> None:
        self._ipv6(present=False)

    def unplug(self) -> None:
        self._desk_ip("link", "set", "wire", "down")
        self._plugged = self._has_ipv6 = False

    def restore(self) -> None:
        if not self._plugged:
            self._plug_in()
        for version, *rule in self._rules:
            _ip(version, "rule", "del", *rule)
        self._rules.clear()
        if not self._has_ipv6:
            self._ipv6(present=True)

    def _rule(self, version: str, *rule: str) -> None:
        if (version, *rule) not in self._rules:
            _ip(version, "rule", "add", *rule)
            self._rules.append((version, *rule))

    def _ipv6(self, present: bool) -> None:
        change = "add" if present else "del"
        gateway = ["route", change, "default", "via", places.GATEWAY[1].split("/")[0]]
        address = ["-6", "addr", change, places.DESK[1], "dev", "wire", *(["nodad"] if present else [])]
        for words in (address, gateway) if present else (gateway, address):
            self._desk_ip(*words)
        self._has_ipv6 = present

    def _wire(self) -> None:
        _ip("link", "set", "lo", "up")
        for address in places.INTERNET:
            _ip(*_add(address + ("/128" if ":" in address else "/32"), "lo"))
        _ip("link", "add", "desk", "type", "veth", "peer", "name", "wire", "netns", str(self._process.pid))
        for address in places.GATEWAY:
            _ip(*_add(address, "desk"))
        _ip("link", "set", "desk", "up")
        for version in ("-4", "-6"):  # behind our own rules, which close ports
            _ip(version, "rule", "add", "pref", "100", "lookup", "local")
            _ip(version, "rule", "del", "pref", "0")
        self._desk_ip(*_add(places.DESK[0], "wire"))
        self._desk_ip("link", "set", "lo", "up")
        self._plug_in()

    def _plug_in(self) -> None:
        self._desk_ip("link", "set", "wire", "up")
        self._desk_ip("route", "add", "default", "via", places.GATEWAY[0].split("/")[0])
        self._ipv6(present=True)
        self._plugged = True

    def _desk_ip(self, *words: str) -> None:
        subprocess.run(self.on_desk("ip", *words), check=True)
