"""Block lists, and what their answers are worth (RFC 5782)."""

import ipaddress

import internet
import places
from fault import fault
from lab import Lab

ZEN = internet.ADDRESS_LISTS[0]
V4, V6 = (".".join(ipaddress.ip_address(address).reverse_pointer.split(".")[:-2]) for address in places.MAIL)


@fault("blocklist-listed")
def listed(lab: Lab) -> None:
    """A list that most receivers look at has the IPv4 address."""
    lab.zones.top[ZEN].add(V4, "A", "127.0.0.2")
    lab.zones.top[ZEN].add(V4, "TXT", '"Seen spamming"')


@fault("blocklist-listed")
def listed_v6(lab: Lab) -> None:
    """A list that most receivers look at has the IPv6 address."""
    lab.zones.top[ZEN].add(V6, "A", "127.0.0.3")


@fault("blocklist-small-listed")
def listed_by_few(lab: Lab) -> None:
    """A list that few receivers look at has the IPv4 address."""
    lab.zones.top[internet.ADDRESS_LISTS[2]].add(V4, "A", "127.0.0.2")


@fault("blocklist-policy")
def listed_by_policy(lab: Lab) -> None:
    """The IPv4 address is of a range that is not to send mail itself."""
    lab.zones.top[ZEN].add(V4, "A", "127.0.0.10")


@fault("blocklist-domain-listed")
def domain_listed(lab: Lab) -> None:
    """A list of domains has the domain."""
    lab.zones.top[internet.DOMAIN_LIST].add(places.DOMAIN, "A", "127.0.1.2")


@fault("blocklists-refuse")
def list_refuses(lab: Lab) -> None:
    """A list does not answer this resolver, and says so as if everything were listed."""
    lab.zones.top[ZEN].remove("2.0.0.127", "A")
    lab.zones.top[ZEN].add("*", "A", "127.255.255.254")


@fault("blocklists-broken")
def list_lists_everything(lab: Lab) -> None:
    """A list lists the whole world."""
    lab.zones.top[ZEN].remove("2.0.0.127", "A")
    lab.zones.top[ZEN].add("*", "A", "127.0.0.2")


@fault("blocklists-broken")
def list_is_dead(lab: Lab) -> None:
    """A list's zone is empty."""
    lab.zones.top[ZEN].remove("2.0.0.127", "A")


@fault("blocklists-broken")
def list_was_sold(lab: Lab) -> None:
    """A list's name was sold, and its new owner answers everything with the address of a web page."""
    lab.zones.top[ZEN].remove("2.0.0.127", "A")
    lab.zones.top[ZEN].add("*", "A", "185.53.177.20")
