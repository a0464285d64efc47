"""Postfix with rspamd, of which the admin has not asked any signatures yet."""

import subprocess

from box import Box
from postfix import Postfix

_STATE = "/var/lib/rspamd"


class PostfixWithRspamd(Postfix):
    root = "rspamd"
    stack = "postfix-rspamd"
    programs = ["postconf", "postfix", "rspamadm", "service"]
    algorithms = {"rsa-sha256", "ed25519-sha256"}
    subdomains_are_signed = False  # only those with keys of their own
    restless = ("/var/lib/postfix/", f"{_STATE}/")  # locks, caches and statistics of the running servers
    _patterns = b""

    def __init__(self, warm: bool = False) -> None:
        """warm: it has been started before. Its first start takes ten seconds and more, to compile its patterns."""
        self._warm = warm

    def prepare(self, box: Box, domains: list[str]) -> None:
        super().prepare(box, domains)
        if self._warm:
            self._warm_up(box)

    def start_all(self, box: Box) -> None:
        box.sh("service rspamd start </dev/null >/dev/null 2>&1")
        self.start(box)

    def reloads(self, box: Box) -> int:
        return super().reloads(box) + self._own_log(box).count("rspamd_language_detector_init: loaded")

    def log(self, box: Box) -> str:
        return super().log(box) + self._own_log(box)[-6000:]

    def _own_log(self, box: Box) -> str:
        log = box.path("/var/log/rspamd/rspamd.log")
        return log.read_text(errors="replace") if log.exists() else ""

    @staticmethod
    def _warm_up(box: Box) -> None:
        if not PostfixWithRspamd._patterns:
            box.sh("""
                for act in start stop; do service rspamd $act </dev/null >/dev/null 2>&1; done
                while pgrep rspamd >/dev/null; do # "stop" can come too early for it, and its helpers write on
                    pkill rspamd || true
                    sleep 0.2
                done
            """)
            packed = subprocess.run(["tar", "-C", box.path(_STATE), "--exclude=*.sock", "-c", "."], check=True, stdout=subprocess.PIPE)
            PostfixWithRspamd._patterns = packed.stdout
        subprocess.run(["tar", "-C", box.path(_STATE), "--numeric-owner", "-x"], check=True, input=PostfixWithRspamd._patterns)
