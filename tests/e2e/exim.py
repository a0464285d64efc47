"""exim4 as an admin sets it up with Debian's questions, before Sealwright comes."""

import net
from box import Box

# A password check as simple as can be; Debian's own examples are commented out until the admin chooses one.
AUTHENTICATOR = """
e2e_plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{bob}}{eq{$auth3}{secret}}}}
  server_set_id = $auth2
"""

_ANSWERS = """\
dc_eximconfig_configtype='{kind}'
dc_other_hostnames='{domains}'
dc_local_interfaces=''
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets='{relay}'
dc_smarthost='{smarthost}'
CFILEMODE='644'
dc_use_split_config='{split}'
dc_hide_mailname='false'
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
"""


class Exim:
    root = "exim"
    stack = "exim4-debian"
    reload = ("service", "'exim4 reload'")
    programs = ["update-exim4.conf", "exim4", "service"]  # of the server, which install.sh calls
    login = ("bob", "secret")
    relay_clients_are_signed = True
    edited = "/etc/exim4/exim4.conf.localmacros"  # where admins go on after the install
    subdomains_are_signed = True
    adds_from_for_clients = True
    restless: tuple[str, ...] = ()
    systemd = False

    def __init__(self, split: bool = True, smarthost: bool = False, both: bool = True) -> None:
        self.split, self.smarthost = split, smarthost
        self.key_types = ["rsa2048", "ed25519"] if both else ["rsa2048"]
        self.algorithms = {"rsa-sha256", "ed25519-sha256"} if both else {"rsa-sha256"}

    def prepare(self, box: Box, domains: list[str]) -> None:
        """Debconf's answers, an alias that forwards outside, a client that may relay, and somebody with a password."""
        self._domains = domains
        self._answer(box, f"smarthost.{net.NEXT_DOMAIN}" if self.smarthost else "")
        box.write("/etc/mailname", f"{net.SERVER_NAME}\n")
        box.write("/etc/aliases", f"root: someone@{net.NEXT_DOMAIN}\nforward: someone@{net.NEXT_DOMAIN}\n")
        if self.split:
            box.write("/etc/exim4/conf.d/auth/40_local", AUTHENTICATOR)
        else:
            template = box.path("/etc/exim4/exim4.conf.template")
            template.write_text(template.read_text().replace("\nbegin authenticators\n", f"\nbegin authenticators\n{AUTHENTICATOR}", 1))
        box.sh("update-exim4.conf")

    def _answer(self, box: Box, smarthost: str) -> None:
        box.write("/etc/exim4/update-exim4.conf.conf", _ANSWERS.format(
            kind="smarthost" if smarthost else "internet", domains=":".join(self._domains), relay=net.RELAY_CLIENT,
            smarthost=smarthost, split="true" if self.split else "false"))

    def send_through(self, box: Box, smarthost: str) -> None:
        """Empty: straight to the MX, as before."""
        self._answer(box, smarthost)
        box.sh("update-exim4.conf; service exim4 reload </dev/null >/dev/null 2>&1")

    def start(self, box: Box) -> None:
        box.sh("service exim4 start </dev/null >/dev/null 2>&1")

    start_all = start

    def reloads(self, box: Box) -> int:
        return self.log(box).count("SIGHUP received")

    def log(self, box: Box) -> str:
        logs = [box.path(f"/var/log/exim4/{name}") for name in ("mainlog", "paniclog")]
        return "\n".join(log.read_text(errors="replace") for log in logs if log.exists())
