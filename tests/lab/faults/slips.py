"""What goes wrong between our words and the form of a DNS provider."""

import places
from fault import fault
from faults.dkim import KEY
from lab import Lab


def _moved(lab: Lab, owner: str, to: str) -> None:
    lab.domain.add(to, "TXT", lab.domain.data(owner, "TXT"))
    lab.domain.remove(owner, "TXT")


@fault("dkim-missing slip-doubled-domain")
def doubled_domain(lab: Lab) -> None:
    """The key's name has the domain twice."""
    _moved(lab, KEY, f"{KEY}.{places.DOMAIN}")


@fault("dmarc-missing slip-no-underscore")
def no_underscore(lab: Lab) -> None:
    """The DMARC record stands at dmarc, without the underscore."""
    _moved(lab, "_dmarc", "dmarc")


@fault("dmarc-missing slip-at-domain")
def at_domain(lab: Lab) -> None:
    """The DMARC record stands at the domain itself."""
    _moved(lab, "_dmarc", "@")


@fault("dkim-missing slip-no-domainkey")
def no_domainkey(lab: Lab) -> None:
    """The key stands at s1, without _domainkey."""
    _moved(lab, KEY, "s1")


@fault("spf-missing slip-quotes")
def literal_quotes(lab: Lab) -> None:
    """The SPF record has quotes in its text."""
    text = lab.domain.txt("@")
    lab.domain.set("@", "TXT", f'"\\"{text}\\""')


@fault("dkim-several slip-in-pieces")
def in_pieces(lab: Lab) -> None:
    """The two strings of the key became two records."""
    first, second = lab.domain.data(KEY, "TXT").split('" "')
    lab.domain.set(KEY, "TXT", f'{first}"', f'"{second}')


@fault("slip-cut-short", "dkim-broken dkim-other-key")
def cut_short(lab: Lab) -> None:
    """The key ends after its first string."""
    first, _ = lab.domain.data(KEY, "TXT").split('" "')
    lab.domain.set(KEY, "TXT", f'{first}"')


@fault("slip-smart-quotes", "dmarc-broken dmarc-missing")
def smart_quotes(lab: Lab) -> None:
    """A word processor made curly quotes around the DMARC record."""
    text = lab.domain.txt("_dmarc")
    lab.domain.set("_dmarc", "TXT", f'"\\226\\128\\156{text}\\226\\128\\157"')


def _moved_as(lab: Lab, kind: str, owner: str, to: str) -> None:
    lab.domain.add(to, kind, lab.domain.data(owner, kind))
    lab.domain.remove(owner, kind)


@fault("mta-sts-missing slip-at-mail-host")
def mta_sts_below_mail_host(lab: Lab) -> None:
    """The MTA-STS record stands below the mail host."""
    _moved(lab, "_mta-sts", "_mta-sts.mail")


@fault("mta-sts-host-missing slip-doubled-domain")
def policy_host_doubled(lab: Lab) -> None:
    """The name of the policy's host has the domain twice."""
    for kind in ("A", "AAAA"):
        _moved_as(lab, kind, "mta-sts", f"mta-sts.{places.DOMAIN}")


@fault("tls-rpt-missing slip-no-underscore")
def tls_rpt_without_underscores(lab: Lab) -> None:
    """The record for TLS reports stands at smtp.tls, without the underscores."""
    _moved(lab, "_smtp._tls", "smtp.tls")


@fault("tls-rpt-missing slip-part-of-name")
def tls_rpt_at_half_its_name(lab: Lab) -> None:
    """The record for TLS reports stands at _smtp alone."""
    _moved(lab, "_smtp._tls", "_smtp")


@fault("dane-missing slip-doubled-domain")
def tlsa_doubled(lab: Lab) -> None:
    """The name of the TLSA record has the domain twice."""
    _moved_as(lab, "TLSA", "_25._tcp.mail", f"_25._tcp.mail.{places.DOMAIN}")


@fault("dane-missing slip-below-domain")
def tlsa_below_domain(lab: Lab) -> None:
    """The TLSA record stands below the domain instead of below the mail host."""
    _moved_as(lab, "TLSA", "_25._tcp.mail", "_25._tcp")


@fault("dane-missing slip-wrong-type")
def tlsa_as_txt(lab: Lab) -> None:
    """The TLSA record was entered as TXT."""
    lab.domain.add("_25._tcp.mail", "TXT", f'"{lab.domain.data("_25._tcp.mail", "TLSA")}"')
    lab.domain.remove("_25._tcp.mail", "TLSA")


@fault("mx-missing slip-mx-of-mail-host", "spf-sender-fails spf-differs")
def mx_of_mail_host(lab: Lab) -> None:
    """The MX record stands at the mail host."""
    _moved_as(lab, "MX", "@", "mail")


@fault("mx-missing slip-doubled-domain", "spf-sender-fails spf-differs")
def mx_doubled(lab: Lab) -> None:
    """The MX record stands at a name that has the domain twice."""
    _moved_as(lab, "MX", "@", places.DOMAIN)
