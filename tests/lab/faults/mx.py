"""Who takes the domain's mail."""

import places
from fault import fault
from lab import Lab

NOT_COVERED = "mta-sts-mx-not-covered"  # An MX host that the policy does not name yet.


@fault("mx-missing", "spf-sender-fails spf-differs")
def no_mx(lab: Lab) -> None:
    """There is no MX record."""
    lab.domain.remove("@", "MX")


@fault("mx-null", "spf-sender-fails spf-differs")
def null_mx(lab: Lab) -> None:
    """The only MX record is a null MX."""
    lab.domain.set("@", "MX", "0 .")


@fault("mx-host-is-alias", f"smtp-wrong-name {NOT_COVERED}")
def mx_alias(lab: Lab) -> None:
    """The MX host is a CNAME."""
    lab.domain.set("@", "MX", "10 mx")
    lab.domain.add("mx", "CNAME", "mail")


@fault("mx-host-unknown", f"spf-sender-fails spf-differs mx-host-is-alias {NOT_COVERED}")
def mx_alias_to_nowhere(lab: Lab) -> None:
    """The MX host is a CNAME of a name that does not exist."""
    lab.domain.set("@", "MX", "10 mx")
    lab.domain.add("mx", "CNAME", "gone")


@fault("mx-host-without-address", NOT_COVERED)
def mx_without_address(lab: Lab) -> None:
    """A second MX host exists and has no address."""
    lab.domain.add("@", "MX", "20 mx2")
    lab.domain.add("mx2", "TXT", '"no address"')


@fault("mx-host-unknown", NOT_COVERED)
def mx_does_not_exist(lab: Lab) -> None:
    """A second MX host does not exist."""
    lab.domain.add("@", "MX", "20 mx2")


@fault("mx-host-is-address", NOT_COVERED)
def mx_is_address(lab: Lab) -> None:
    """An MX record names an address instead of a host."""
    lab.domain.add("@", "MX", f"20 {places.MAIL[0]}.")


@fault("mx-null-beside-others")
def null_mx_beside_other(lab: Lab) -> None:
    """A null MX stands beside a real one (RFC 7505 section 3)."""
    lab.domain.add("@", "MX", "0 .")


@fault("domain-not-found", "spf-missing spf-host-missing dkim-missing dmarc-missing helo-without-address mta-sts-missing tls-rpt-missing")
def domain_not_delegated(lab: Lab) -> None:
    """The parent does not know the domain."""
    for kind in ("NS", "DS"):
        lab.parent.remove(f"{places.DOMAIN}.", kind)
    for host in ("ns1", "ns2"):
        for kind in ("A", "AAAA"):
            lab.parent.remove(f"{host}.{places.DOMAIN}.", kind)


@fault("mx-host-private", f"smtp-address-unreachable {NOT_COVERED}")
def mx_private(lab: Lab) -> None:
    """A second MX host has an address that nobody on the Internet reaches."""
    lab.domain.add("@", "MX", "20 mx2")
    lab.domain.add("mx2", "A", "192.168.1.25")
    lab.options = ["--timeout", "2"]


def _many_mx(lab: Lab) -> None:
    for number in range(10):
        lab.domain.add("@", "MX", f"{20 + number} mx{number}")
        for address in places.MAIL:
            lab.domain.add(f"mx{number}", "AAAA" if ":" in address else "A", address)


@fault("spf-too-many-mx-hosts mx-too-many", f"spf-sender-fails smtp-wrong-name {NOT_COVERED}")
def eleven_mx_hosts(lab: Lab) -> None:
    """There are eleven MX hosts, and the SPF record says mx."""
    _many_mx(lab)


@fault("mx-too-many spf-senders-pass", f"smtp-wrong-name {NOT_COVERED}")
def eleven_mx_hosts_without_mx_in_spf(lab: Lab) -> None:
    """There are eleven MX hosts, and the SPF record names addresses instead."""
    _many_mx(lab)
    lab.domain.edit_txt("@", " mx ", f" ip4:{places.MAIL[0]} ip6:{places.MAIL[1]} ")
