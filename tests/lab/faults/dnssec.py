"""Signatures, and the chain that leads to them (RFC 4035)."""

import places
from fault import fault
from lab import Lab

NAME = f"{places.DOMAIN}."


@fault("dnssec-bogus", "bogus dane-deferred unknown")
def wrong_ds(lab: Lab) -> None:
    """The parent's DS record is of another key."""
    lab.parent.set(NAME, "DS", f"12345 13 2 {'AB' * 32}")


@fault("dnssec-bogus", "bogus dane-deferred unknown")
def expired_signatures(lab: Lab) -> None:
    """The zone's signatures have expired."""
    lab.domain.signatures_expired = True


@fault("dnssec-bogus", "bogus dane-deferred unknown")
def ds_without_keys(lab: Lab) -> None:
    """The parent has a DS record, and the zone is not signed."""
    lab.domain.signed = False


@fault("dnssec-insecure", "dane-insecure")
def unsigned(lab: Lab) -> None:
    """The zone is not signed, and the parent says so."""
    lab.domain.signed = False
    lab.parent.remove(NAME, "DS")


@fault("dnssec-insecure", "dane-insecure")
def signed_without_ds(lab: Lab) -> None:
    """The zone is signed, and the parent has no DS record."""
    lab.parent.remove(NAME, "DS")
