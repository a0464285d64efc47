"""All is well, though not always comfortable: nothing above info may be said."""

import front
from fault import fault
from lab import Lab


@fault("mx-found sender-confirmed spf-senders-pass spf-helo-pass spf-host-present spf-present dkim-present dmarc-present "
       "reports-inside blocklists-clean")
def sound(_: Lab) -> None:
    """Nothing."""


@fault("mx-found spf-present dkim-present")
def everybody_slow(lab: Lab) -> None:
    """Every name server takes 50 ms."""
    for server in (lab.fronts.ns1, lab.fronts.ns2, lab.fronts.top):
        server.behaviour = front.slow(0.05)


@fault("mx-found spf-present dkim-present")
def one_server_slow(lab: Lab) -> None:
    """ns2 takes half a second."""
    lab.fronts.ns2.behaviour = front.slow(0.5)


@fault("mx-found spf-present dkim-present")
def resolver_slow(lab: Lab) -> None:
    """The system's resolver takes half a second for each answer."""
    lab.fronts.resolver.behaviour = front.slow(0.5)


@fault("mx-found spf-present dkim-present")
def truncating(lab: Lab) -> None:
    """ns2 truncates each answer, and answers over TCP."""
    lab.fronts.ns2.behaviour = front.truncating(tcp_works=True)


@fault("mx-found spf-present dkim-present")
def no_ipv6_at_desk(lab: Lab) -> None:
    """The desk has no IPv6."""
    lab.network.take_ipv6()
