"""What receivers do with mail that fails, and whom they tell (RFC 9989, RFC 9990)."""

import internet
import places
from fault import fault
from lab import Lab

NAME = "_dmarc"
RUA = f"rua=mailto:dmarc-reports@{places.DOMAIN}"


def _publish(lab: Lab, text: str) -> None:
    lab.domain.set(NAME, "TXT", f'"{text}"')


@fault("dmarc-missing")
def no_dmarc(lab: Lab) -> None:
    """There is no DMARC record."""
    lab.domain.remove(NAME, "TXT")


@fault("dmarc-several")
def several_dmarc(lab: Lab) -> None:
    """There are two DMARC records."""
    lab.domain.add(NAME, "TXT", f'"v=DMARC1; p=none; {RUA}"')


@fault("dmarc-broken slip-case")
def dmarc_misspelt(lab: Lab) -> None:
    """The record says v=dmarc1, in small letters."""
    _publish(lab, f"v=dmarc1; p=quarantine; {RUA}")


@fault("dmarc-no-policy")
def no_policy(lab: Lab) -> None:
    """The record has no p=."""
    _publish(lab, f"v=DMARC1; {RUA}")


@fault("dmarc-no-policy dmarc-ignored-tags")
def unknown_policy(lab: Lab) -> None:
    """The record says p=block."""
    _publish(lab, f"v=DMARC1; p=block; {RUA}")


@fault("dmarc-differs")
def other_policy(lab: Lab) -> None:
    """The record says p=none, and quarantine was asked for."""
    _publish(lab, f"v=DMARC1; p=none; {RUA}")


@fault("dmarc-no-reports", "dmarc-differs")
def no_rua(lab: Lab) -> None:
    """The record asks nobody for reports."""
    _publish(lab, "v=DMARC1; p=quarantine")


@fault("dmarc-ignored-tags", "dmarc-differs")
def wrong_values(lab: Lab) -> None:
    """The record says adkim=relaxed."""
    _publish(lab, f"v=DMARC1; p=quarantine; adkim=relaxed; {RUA}")


@fault("dmarc-obsolete-tags", "dmarc-differs")
def obsolete_tags(lab: Lab) -> None:
    """The record has pct=20, which today's standard no longer knows."""
    _publish(lab, f"v=DMARC1; p=quarantine; pct=20; {RUA}")


@fault("dmarc-standards-differ", "dmarc-differs")
def standards_differ(lab: Lab) -> None:
    """The record says t=y, which only today's standard knows."""
    _publish(lab, f"v=DMARC1; p=quarantine; t=y; {RUA}")


@fault("dmarc-standards-differ")
def shared_parent(lab: Lab) -> None:
    """The parent, which is everybody's, has a DMARC record, so that by today's standard all below are one organization."""
    lab.parent.add(NAME, "TXT", '"v=DMARC1; p=none"')


@fault("dmarc-inherited dmarc-standards-differ")
def inherited(lab: Lab) -> None:
    """The domain has no DMARC record, and its parent has one."""
    lab.domain.remove(NAME, "TXT")
    lab.parent.add(NAME, "TXT", '"v=DMARC1; p=none"')


@fault("reports-authorized", "dmarc-differs")
def reports_to_stranger(lab: Lab) -> None:
    """Reports go to another's mailbox, and they agree."""
    _publish(lab, f"v=DMARC1; p=quarantine; rua=mailto:box@{internet.STRANGERS}")


@fault("reports-not-authorized", "dmarc-differs")
def reports_without_consent(lab: Lab) -> None:
    """Reports go to another's mailbox, and they have not agreed."""
    lab.zones.top[internet.STRANGERS].remove(f"{places.DOMAIN}._report._dmarc", "TXT")
    _publish(lab, f"v=DMARC1; p=quarantine; rua=mailto:box@{internet.STRANGERS}")
