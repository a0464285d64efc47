"""exim with DKIM lines the admin already has: those of the well-known how-to of 2016, and some that work."""

import installer
import picture
import wholeway
from box import Box
from exim import Exim
from maildomains import some_rsa_key
from surroundings import World

# exim since 4.94 opens no file whose name came from the message; "exists" does not tell.
OF_2016 = r"""MAIN_TLS_ENABLE = no
DKIM_CANON = relaxed
DKIM_SELECTOR = 2016
DKIM_DOMAIN = ${lc:${domain:$h_from:}}
DKIM_FILE = /etc/exim4/dkim/${lc:${domain:$h_from:}}.pem
DKIM_PRIVATE_KEY = ${if exists{DKIM_FILE}\
    {DKIM_FILE}{0}}
MESSAGE_SIZE_LIMIT = 20M
"""
WORKING = r"""DKIM_DOMAIN = ${lookup{${lc:${domain:$rh_from:}}}lsearch{/etc/exim4/mydomains}{$value}}
DKIM_SELECTOR = own
DKIM_PRIVATE_KEY = /etc/exim4/dkim/own.pem
"""


class EximWithLines(Exim):
    def __init__(self, split: bool, lines: str) -> None:
        super().__init__(split=split, both=False)
        self._lines = lines
        self._key = some_rsa_key()
        self.lines_file = "/etc/exim4/conf.d/main/01_dkim" if split else "/etc/exim4/exim4.conf.localmacros"

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        box.write(self.lines_file, self._lines)
        box.sh("install -d -o root -g Debian-exim -m 0750 /etc/exim4/dkim")
        for name in [*domains, "own"]:
            box.write(f"/etc/exim4/dkim/{name}.pem", self._key)
        box.sh("chgrp Debian-exim /etc/exim4/dkim/*; chmod 0640 /etc/exim4/dkim/*")
        box.write("/etc/exim4/mydomains", "".join(f"{domain}: {domain}\n" for domain in domains))
        box.sh("update-exim4.conf")


def run(world: World) -> None:
    bundle = world.bundle(EximWithLines(True, OF_2016))
    with world.serve(bundle):
        for split in (True, False):
            kind = "split" if split else "monolithic"
            world.report.note(f"the how-to of 2016, {kind}")
            server = EximWithLines(split, OF_2016)
            with world.box(server, bundle) as box:
                wholeway.expect_unsigned(world, server, box, "with the how-to's lines")
                world.report.check("exim's log has the reason", "Tainted filename" in server.log(box), server.log(box))
                before = picture.take(box)
                installer.expect(world.report, box, "check finds the lines and says why mail is unsigned", "check",
                                 says=["UNSIGNED", "Tainted filename", "$h_from", server.lines_file])
                changed = picture.difference(before, picture.take(box))
                world.report.check("check changes nothing", not changed, changed)
                installer.expect(world.report, box, "install", "install")
                kept = set(box.path(server.lines_file).read_text().splitlines())
                world.report.check("the admin's other lines are kept", {"MAIN_TLS_ENABLE = no", "MESSAGE_SIZE_LIMIT = 20M"} <= kept, kept)
                wholeway.expect_signed(world, server, bundle, "after the install")
                wholeway.roll_back(world, server, box, before)
        world.report.note("lines that work")
        server = EximWithLines(True, WORKING)
        with world.box(server, bundle) as box:
            before = picture.take(box)
            installer.expect_refusal(world.report, box, "an admin's own lines are not replaced without being asked",
                                     says=["01_dkim", "--replace"])
            installer.expect(world.report, box, "install --replace", "install", "--replace")
            wholeway.expect_signed(world, server, bundle, "after the install")
            wholeway.roll_back(world, server, box, before)
