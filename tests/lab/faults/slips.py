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
