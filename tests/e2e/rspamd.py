"""Postfix with rspamd, of which the admin has not asked any signatures yet."""

from box import Box
from postfix import Postfix


class PostfixWithRspamd(Postfix):
    root = "rspamd"
    stack = "postfix-rspamd"
    algorithms = {"rsa-sha256", "ed25519-sha256"}
    subdomains_are_signed = False  # only those with keys of their own
    restless = ("/var/lib/postfix/", "/var/lib/rspamd/")  # locks, caches and statistics of the running servers

    def start_all(self, box: Box) -> None:
        box.sh("service rspamd start </dev/null >/dev/null 2>&1")
        self.start(box)

    def reloads(self, box: Box) -> int:
        return super().reloads(box) + self._own_log(box).count("rspamd_language_detector_init: loaded")

    def log(self, box: Box) -> str:
        return super().log(box) + self._own_log(box)

    def _own_log(self, box: Box) -> str:
        log = box.path("/var/log/rspamd/rspamd.log")
        return log.read_text(errors="replace") if log.exists() else ""
