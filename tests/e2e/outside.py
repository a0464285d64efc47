"""The world around the server: addresses, resolver and a place to work that vanishes with this process."""

import pathlib
import subprocess

import net


def build(cache: pathlib.Path) -> pathlib.Path:
    """Called once, in namespaces of our own. Returns the folder for everything that is made."""
    work = cache / "work"
    work.mkdir(mode=0o700, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "sealwright-e2e", work], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in net.OUTSIDE:
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
    resolver = work / "resolv.conf"
    resolver.write_text(f"nameserver {net.NAMESERVER}\noptions timeout:5 attempts:2\n")
    subprocess.run(["mount", "--bind", resolver, pathlib.Path("/etc/resolv.conf").resolve()], check=True)
    return work
