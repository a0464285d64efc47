"""Postfix as an admin sets it up, before Sealwright comes."""

import net
from serverbox import Box

LOGIN = ("bob", "secret")


def prepare(box: Box, domains: list[str]) -> None:
    """The usual settings, an alias that forwards outside, and somebody with a password (Cyrus SASL)."""
    box.write("/etc/aliases", f"root: someone@{net.NEXT_DOMAIN}\nforward: someone@{net.NEXT_DOMAIN}\n")
    box.write("/etc/mailname", f"{net.SERVER_NAME}\n")
    box.write("/etc/postfix/sasl/smtpd.conf", "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN\n")
    box.sh(f"""
        postconf -e 'myhostname = {net.SERVER_NAME}' 'mydestination = {net.SERVER_NAME}, localhost, {", ".join(domains)}' \
            'inet_interfaces = all' 'inet_protocols = ipv4' 'mynetworks = 127.0.0.0/8' 'relayhost =' 'compatibility_level = 3.6' \
            'smtpd_sasl_auth_enable = yes' 'smtpd_sasl_local_domain = $myhostname' 'smtpd_tls_security_level = may'
        newaliases
        printf %s {LOGIN[1]} | saslpasswd2 -p -c -u {net.SERVER_NAME} -f /var/spool/postfix/etc/sasldb2 {LOGIN[0]}
        chgrp postfix /var/spool/postfix/etc/sasldb2
        chmod 0640 /var/spool/postfix/etc/sasldb2
    """)


def start(box: Box) -> None:
    box.sh("service postfix start </dev/null >/dev/null 2>&1", timeout=60)


def log(box: Box) -> str:
    return "\n".join(box.log)
