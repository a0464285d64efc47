"""What the desk's own way into the DNS does."""

import dns.rcode

import front
from fault import fault
from lab import Lab


@fault("unknown")
def resolver_fails(lab: Lab) -> None:
    """The system's resolver says SERVFAIL to everything."""
    lab.fronts.resolver.behaviour = front.only_code(dns.rcode.SERVFAIL)


@fault("unknown")
def resolver_refuses(lab: Lab) -> None:
    """The system's resolver refuses everything."""
    lab.fronts.resolver.behaviour = front.only_code(dns.rcode.REFUSED)


@fault("unknown")
def resolver_silent(lab: Lab) -> None:
    """The system's resolver says nothing at all."""
    lab.fronts.resolver.behaviour = front.silent
    lab.options = ["--timeout", "2"]
