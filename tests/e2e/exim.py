"""exim4 as an admin sets it up with Debian's questions, before Sealwright comes."""

import net
from serverbox import Box

LOGIN = ("bob", "secret")

# A password check as simple as can be; Debian's own examples are commented out until the admin chooses one.
_AUTHENTICATOR = """
e2e_plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{bob}}{eq{$auth3}{secret}}}}
  server_set_id = $auth2
"""


def prepare(box: Box, domains: list[str], split: bool, smarthost: bool) -> None:
    """Debconf's answers, an alias that forwards outside, a client that may relay, and somebody with a password."""
    box.write("/etc/exim4/update-exim4.conf.conf", f"""\
dc_eximconfig_configtype='{"smarthost" if smarthost else "internet"}'
dc_other_hostnames='{":".join(domains)}'
dc_local_interfaces=''
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets='{net.RELAY_CLIENT}'
dc_smarthost='{f"smarthost.{net.NEXT_DOMAIN}" if smarthost else ""}'
CFILEMODE='644'
dc_use_split_config='{"true" if split else "false"}'
dc_hide_mailname='false'
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
""")
    box.write("/etc/mailname", f"{net.SERVER_NAME}\n")
    box.write("/etc/aliases", f"root: someone@{net.NEXT_DOMAIN}\nforward: someone@{net.NEXT_DOMAIN}\n")
    if split:
        box.write("/etc/exim4/conf.d/auth/40_local", _AUTHENTICATOR)
    else:
        template = box.path("/etc/exim4/exim4.conf.template")
        before = template.read_text()
        template.write_text(before.replace("\nbegin authenticators\n", "\nbegin authenticators\n" + _AUTHENTICATOR, 1))


def start(box: Box) -> None:
    box.sh("update-exim4.conf && service exim4 start", timeout=60)


def log(box: Box) -> str:
    parts = [box.path(f"/var/log/exim4/{name}") for name in ("mainlog", "paniclog")]
    return "\n".join(part.read_text(errors="replace") for part in parts if part.exists())
