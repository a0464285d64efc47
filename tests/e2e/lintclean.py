"""What our bundles leave on a server, with all that was there before: `lint` finds nothing, neither in the folders nor in
who may read the keys."""

import json
import subprocess

import installer
from exim import Exim
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import World

PLACES = {
    "exim4-debian": ("/etc/exim4", "/etc/exim4/dkim"),
    "postfix-opendkim": ("/etc/postfix /etc/opendkim /etc/opendkim.conf", "/etc/dkimkeys"),
    "postfix-rspamd": ("/etc/postfix /etc/rspamd", "/etc/rspamd/dkim"),
}


def run(world: World) -> None:
    for server in (Exim(split=True), Exim(split=False, smarthost=True), Postfix(), PostfixWithRspamd(warm=True)):
        bundle = world.bundle(server)
        with world.box(server, bundle) as box:
            installer.expect(world.report, box, f"{server.stack}: install", "install")
            places, keys = PLACES[server.stack]
            # Names of owners are those of the server: its own ls tells them, not the copy.
            packed = subprocess.run(["tar", "-C", box.path("/"), "-c", "--exclude=*.pem", "--exclude=*.private", "--exclude=*.key",
                                     *(place.lstrip("/") for place in places.split())], check=True, stdout=subprocess.PIPE).stdout
            copy = world.work / "clean" / f"{server.stack}-{box.path('/').parent.name}"
            copy.mkdir(parents=True)
            subprocess.run(["tar", "-C", copy, "-x"], check=True, input=packed)
            (copy / "listing").write_text(box.sh(f"ls -ld / /etc {keys}; ls -laR {keys}"))
            done = subprocess.run([world.cli, "--json", "lint", copy, copy / "listing"], stdout=subprocess.PIPE, text=True, timeout=60)
            findings = [finding for finding in json.loads(done.stdout)["findings"] if finding["severity"] != "info"]
            listing = (copy / "listing").read_text()
            world.report.check(f"{server.stack}: lint finds nothing in what the bundle leaves", not findings, f"{findings}\n{listing}")
            broken = listing.replace("-rw-r-----", "-rw-r--r--").replace("-rw-------", "-rw-r--r--")
            (copy / "listing").write_text(broken)
            done = subprocess.run([world.cli, "lint", copy, copy / "listing"], stdout=subprocess.PIPE, text=True, timeout=60)
            world.report.check(f"{server.stack}: and would see a key that everybody can read", done.returncode == 1 and "Everybody" in done.stdout,
                               done.stdout)
