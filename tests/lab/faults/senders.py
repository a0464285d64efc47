"""The addresses that send, and what they are called."""

import internet
import places
from fault import fault
from lab import Lab
from zone import Zone

V4, V6 = map(internet.pointer, places.MAIL)


def _pointers(lab: Lab, address: str) -> Zone:
    return lab.zones.top[internet.REVERSE_6 if ":" in address else internet.REVERSE_4]


@fault("sender-without-name")
def no_ptr(lab: Lab) -> None:
    """The mail server's IPv4 address has no PTR record."""
    _pointers(lab, "").remove(V4, "PTR")


@fault("sender-v6-without-name")
def no_ptr_v6(lab: Lab) -> None:
    """The mail server's IPv6 address has no PTR record."""
    _pointers(lab, ":").remove(V6, "PTR")


@fault("sender-not-confirmed")
def not_confirmed(lab: Lab) -> None:
    """The name of the IPv4 address leads to another address."""
    _pointers(lab, "").set(V4, "PTR", f"ns1.{places.DOMAIN}.")


@fault("sender-not-confirmed")
def name_does_not_exist(lab: Lab) -> None:
    """The name of the IPv6 address does not exist."""
    _pointers(lab, ":").set(V6, "PTR", f"gone.{places.DOMAIN}.")


@fault("sender-generic-name")
def generic_name(lab: Lab) -> None:
    """The IPv4 address is called as an access provider calls its customers."""
    name = "198-52-100-25.dynamic.stranger.test."
    _pointers(lab, "").set(V4, "PTR", name)
    lab.zones.top[internet.STRANGERS].add(name, "A", places.MAIL[0])


@fault("sender-several-names")
def several_names(lab: Lab) -> None:
    """The IPv4 address has two names."""
    _pointers(lab, "").add(V4, "PTR", f"www.{places.DOMAIN}.")
    lab.domain.add("www", "A", places.MAIL[0])


@fault("sender-other-name")
def other_name(lab: Lab) -> None:
    """The IPv4 address has another name than the mail server says in HELO."""
    _pointers(lab, "").set(V4, "PTR", f"www.{places.DOMAIN}.")
    lab.domain.add("www", "A", places.MAIL[0])


@fault("helo-without-address", "mx-host-without-address spf-differs spf-sender-fails dane-not-seen")
def helo_without_address(lab: Lab) -> None:
    """The mail server's own name has no address."""
    for kind in ("A", "AAAA"):
        lab.domain.remove("mail", kind)
