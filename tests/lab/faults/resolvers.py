"""What the desk's own way into the DNS does."""

import dns.rcode

import front
import places
from fault import fault
from lab import Lab


@fault("unknown", "blocklists-unknown resolver-silent delegation-unknown")
def resolver_fails(lab: Lab) -> None:
    """The system's resolver says SERVFAIL to everything."""
    lab.fronts.resolver.behaviour = front.only_code(dns.rcode.SERVFAIL)


@fault("unknown", "blocklists-unknown resolver-silent delegation-unknown")
def resolver_refuses(lab: Lab) -> None:
    """The system's resolver refuses everything."""
    lab.fronts.resolver.behaviour = front.only_code(dns.rcode.REFUSED)


@fault("unknown", "blocklists-unknown resolver-silent delegation-unknown")
def resolver_silent(lab: Lab) -> None:
    """The system's resolver says nothing at all."""
    lab.fronts.resolver.behaviour = front.silent
    lab.options = ["--timeout", "2"]


@fault("caches-behind", "dmarc-differs")
def resolver_remembers(lab: Lab) -> None:
    """The desk's resolver remembers the DMARC record as it was before the last change."""
    lab.domain.edit_txt("_dmarc", "p=quarantine;", "p=none;")
    lab.have_remembered("_dmarc", "TXT")
    lab.domain.edit_txt("_dmarc", "p=none;", "p=quarantine;")


@fault("resolver-behind", "dmarc-differs caches-behind")
def public_resolver_remembers(lab: Lab) -> None:
    """A public resolver that is asked too remembers the DMARC record as it was before the last change."""
    resolver_remembers(lab)
    lab.options = ["--also-ask", places.PUBLIC_RESOLVER[0]]


@fault("resolver-silent")
def public_resolver_silent(lab: Lab) -> None:
    """A public resolver that is asked too says nothing."""
    lab.fronts.public.behaviour = front.silent
    lab.options = ["--also-ask", places.PUBLIC_RESOLVER[0], "--timeout", "2"]


@fault("delegation-sound")
def public_resolver(lab: Lab) -> None:
    """Nothing: a public resolver is asked too, and says the same."""
    lab.options = ["--also-ask", places.PUBLIC_RESOLVER[0]]
