"""Postfix as an admin sets it up, before Sealwright comes."""

import net
from box import Box


class Postfix:
    root = "postfix"
    stack = "postfix-opendkim"
    reload = ("postfix", "reload")
    programs = ["postconf", "postfix", "service"]  # of the server, which install.sh calls
    key_types = ["rsa2048", "ed25519"]
    algorithms = {"rsa-sha256"}  # OpenDKIM of Debian 12 can't sign with both
    login = ("bob", "secret")
    relay_clients_are_signed = False  # only those that the admin adds to TrustedHosts
    edited = "/etc/postfix/main.cf"  # where admins go on after the install
    subdomains_are_signed = True
    adds_from_for_clients = False  # local_header_rewrite_clients: only for this machine
    smarthost = False
    systemd = False
    restless = ("/var/lib/postfix/",)  # locks and caches of the running server

    def prepare(self, box: Box, domains: list[str]) -> None:
        """The usual settings, an alias that forwards outside, and somebody with a password (Cyrus SASL)."""
        user, password = self.login
        box.write("/etc/aliases", f"root: someone@{net.NEXT_DOMAIN}\nforward: someone@{net.NEXT_DOMAIN}\n")
        box.write("/etc/mailname", f"{net.SERVER_NAME}\n")
        box.write("/etc/postfix/sasl/smtpd.conf", "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN\n")
        box.sh(f"""
            postconf -e 'myhostname = {net.SERVER_NAME}' 'mydestination = {net.SERVER_NAME}, localhost, {", ".join(domains)}' \
                'inet_interfaces = all' 'inet_protocols = ipv4' 'mynetworks = 127.0.0.0/8' 'relayhost =' \
                'smtpd_sasl_auth_enable = yes' 'smtpd_sasl_local_domain = $myhostname'
            newaliases
            mkdir -p /var/spool/postfix/etc
            printf %s {password} | saslpasswd2 -p -c -u {net.SERVER_NAME} -f /var/spool/postfix/etc/sasldb2 {user}
            chgrp postfix /var/spool/postfix/etc/sasldb2
            chmod 0640 /var/spool/postfix/etc/sasldb2
        """)

    def start(self, box: Box) -> None:
        box.sh("service postfix start </dev/null >/dev/null 2>&1")

    def send_through(self, box: Box, smarthost: str) -> None:
        """Empty: straight to the MX, as before."""
        box.sh(f"postconf -e 'relayhost = {f'[{smarthost}]' if smarthost else ''}'; postfix reload </dev/null >/dev/null 2>&1")

    def start_all(self, box: Box) -> None:
        """As the system does when it starts."""
        box.sh("service opendkim start </dev/null >/dev/null 2>&1")
        self.start(box)

    def reloads(self, box: Box) -> int:
        return sum("reload -- version" in line or "OpenDKIM Filter" in line for line in box.log)

    def log(self, box: Box) -> str:
        return "\n".join(box.log)
