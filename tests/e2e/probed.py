"""What a check sees of real mail servers on port 25, up to the end of STARTTLS."""

import json
import os
import subprocess

import net
from box import Box
from exim import Exim
from maildomains import DOMAINS
from postfix import Postfix
from surroundings import World

CERTIFICATE, KEY = "/etc/ssl/mail.crt", "/etc/ssl/private/mail.key"

# As some admins have it: who says EHLO with a name that is not in the DNS is turned away.
HELO_RULE = r"acl_smtp_helo = ${if match{$sender_helo_name}{^\\[}{acl_local_fine}{acl_local_unknown}}"
HELO_ACLS = """acl_local_fine:
  accept
acl_local_unknown:
  deny message = no such host
"""


class EximWithTls(Exim):
    name = "exim"

    def __init__(self) -> None:
        super().__init__(split=True, both=False)

    def begin_tls(self, box: Box) -> None:
        box.sh(f"chgrp Debian-exim {KEY} /etc/ssl/private; chmod 0640 {KEY}; chmod 0750 /etc/ssl/private")
        box.write("/etc/exim4/conf.d/main/00_local",
                  f"MAIN_TLS_ENABLE = yes\nMAIN_TLS_CERTIFICATE = {CERTIFICATE}\nMAIN_TLS_PRIVATEKEY = {KEY}\n")
        self._restart(box)

    def refuse_names(self, box: Box) -> None:
        box.write("/etc/exim4/conf.d/main/99_local", f"{HELO_RULE}\n")
        box.write("/etc/exim4/conf.d/acl/99_local", HELO_ACLS)
        self._restart(box)

    def _restart(self, box: Box) -> None:
        box.sh("update-exim4.conf; service exim4 restart </dev/null >/dev/null 2>&1")


class PostfixWithTls(Postfix):
    name = "Postfix"

    def begin_tls(self, box: Box) -> None:
        box.sh(f"postconf -e smtpd_tls_security_level=may smtpd_tls_cert_file={CERTIFICATE} smtpd_tls_key_file={KEY}")
        self._restart(box)

    def refuse_names(self, box: Box) -> None:
        box.sh("postconf -e smtpd_helo_required=yes smtpd_delay_reject=no smtpd_helo_restrictions=reject_unknown_helo_hostname")
        self._restart(box)

    def _restart(self, box: Box) -> None:
        box.sh("postfix stop; postfix start </dev/null >/dev/null 2>&1")


def run(world: World) -> None:
    for server in (EximWithTls(), PostfixWithTls()):
        with world.serve(world.bundle(server)), world.box(server) as box:
            _expect(world, f"{server.name} with the certificate it made itself", "smtp-untrusted", "smtp-wrong-name")
            _give_certificate(world, box)
            server.begin_tls(box)
            _expect(world, f"{server.name} with one of its own name", "smtp-sound")
            server.refuse_names(box)
            _expect(world, f"{server.name} that takes no EHLO with a name which is not in the DNS", "smtp-sound")


def _give_certificate(world: World, box: Box) -> None:
    """The same one for all: who trusts it trusts the server."""
    if not _certificate(world).exists():
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                        "-subj", f"/CN={net.SERVER_NAME}", "-addext", f"subjectAltName=DNS:{net.SERVER_NAME}",
                        "-keyout", world.work / "mail.key", "-out", _certificate(world)], check=True, stderr=subprocess.DEVNULL)
    box.sh("mkdir -p /etc/ssl/private")
    box.write(CERTIFICATE, _certificate(world).read_text())
    box.write(KEY, (world.work / "mail.key").read_text())


def _certificate(world: World):
    return world.work / "mail.crt"


def _expect(world: World, what: str, *codes: str) -> None:
    trusted = ["--ca-file", str(_certificate(world))] if _certificate(world).exists() else []
    done = subprocess.run([world.cli, "--json", "--data-dir", str(world.work / "data"), *trusted, "check", DOMAINS[0].name,
                           "--only", "smtp"], capture_output=True, text=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"})
    seen = [finding["code"] for finding in json.loads(done.stdout)["findings"]] if done.stdout else []
    world.report.check(f"{what} is seen as {' '.join(codes)}", seen == [*codes], f"{done.stdout}{done.stderr}")
