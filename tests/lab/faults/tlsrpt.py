"""Who hears of failed TLS (RFC 8460)."""

from fault import fault
from lab import Lab

NAME = "_smtp._tls"


@fault("tls-rpt-missing")
def no_tls_rpt(lab: Lab) -> None:
    """There is no TLS-RPT record, and one is planned."""
    lab.domain.remove(NAME, "TXT")


@fault("tls-rpt-broken")
def tls_rpt_without_rua(lab: Lab) -> None:
    """The record names nobody."""
    lab.domain.set(NAME, "TXT", '"v=TLSRPTv1;"')


@fault("tls-rpt-several")
def several_tls_rpt(lab: Lab) -> None:
    """There are two TLS-RPT records."""
    lab.domain.add(NAME, "TXT", '"v=TLSRPTv1; rua=mailto:a@stranger.test"')
