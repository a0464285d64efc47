"""Who may send for the domain (RFC 7208)."""

import internet
import places
from fault import fault
from lab import Lab
from zone import quoted

def _publish(lab: Lab, *texts: str) -> None:
    lab.domain.set("@", "TXT", *map(quoted, texts))


@fault("spf-missing")
def no_spf(lab: Lab) -> None:
    """There is no SPF record."""
    lab.domain.remove("@", "TXT")


@fault("spf-several")
def several_spf(lab: Lab) -> None:
    """There are two SPF records."""
    lab.domain.add("@", "TXT", '"v=spf1 a -all"')


@fault("spf-several", "spf-host-missing")
def host_spf_at_domain(lab: Lab) -> None:
    """The mail host's SPF record was put at the domain, beside its own."""
    lab.domain.add("@", "TXT", lab.domain.data("mail", "TXT"))
    lab.domain.remove("mail", "TXT")


@fault("spf-broken")
def spf_syntax(lab: Lab) -> None:
    """The SPF record has ipv4: where ip4: is meant."""
    _publish(lab, f"v=spf1 ipv4:{places.MAIL[0]} mx ~all")


@fault("spf-too-many-lookups", "spf-sender-fails")
def eleven_lookups(lab: Lab) -> None:
    """The SPF record costs eleven look-ups."""
    names = [f"_spf{number}" for number in range(10)]
    for name in names:
        lab.domain.add(name, "TXT", '"v=spf1 ip4:192.0.2.200 -all"')
    _publish(lab, "v=spf1 " + " ".join(f"include:{name}.{places.DOMAIN}" for name in names) + " mx ~all")


@fault("spf-too-many-voids", "spf-sender-fails")
def void_lookups(lab: Lab) -> None:
    """Three terms of the SPF record name hosts that do not exist."""
    _publish(lab, "v=spf1 " + " ".join(f"a:gone{number}.{places.DOMAIN}" for number in range(3)) + " mx ~all")


@fault("spf-include-unusable", "spf-sender-fails")
def include_without_record(lab: Lab) -> None:
    """An included name has no SPF record."""
    _publish(lab, f"v=spf1 include:{places.MAIL_HOST}.nothing.{internet.STRANGERS} mx ~all")


@fault("spf-include-unusable", "spf-sender-fails")
def include_with_two_records(lab: Lab) -> None:
    """An included name has two SPF records."""
    lab.domain.add("_spf", "TXT", '"v=spf1 mx -all"', '"v=spf1 a -all"')
    _publish(lab, f"v=spf1 include:_spf.{places.DOMAIN} mx ~all")


@fault("spf-loop", "spf-too-many-lookups spf-sender-fails spf-include-unusable")
def include_loop(lab: Lab) -> None:
    """The SPF record includes itself."""
    _publish(lab, f"v=spf1 include:{places.DOMAIN} mx ~all")


@fault("spf-pass-all", "spf-differs")
def pass_all(lab: Lab) -> None:
    """The SPF record ends in +all."""
    _publish(lab, "v=spf1 mx +all")


@fault("spf-neutral-all", "spf-differs")
def neutral_all(lab: Lab) -> None:
    """The SPF record ends in ?all."""
    _publish(lab, "v=spf1 mx ?all")


@fault("spf-sender-fails", "spf-differs")
def sender_not_covered(lab: Lab) -> None:
    """The SPF record names another server than ours."""
    _publish(lab, f"v=spf1 ip4:{places.MAIL_2[0]} -all")


@fault("spf-sender-fails", "spf-differs")
def only_ipv4_covered(lab: Lab) -> None:
    """The SPF record forgets the mail server's IPv6 address."""
    _publish(lab, f"v=spf1 ip4:{places.MAIL[0]} -all")


@fault("spf-host-missing")
def no_host_spf(lab: Lab) -> None:
    """The mail host's own name has no SPF record."""
    lab.domain.remove("mail", "TXT")


@fault("spf-helo-fails", "spf-host-differs")
def helo_fails(lab: Lab) -> None:
    """The mail host's own SPF record forbids everybody."""
    lab.domain.set("mail", "TXT", '"v=spf1 -all"')


@fault("spf-several", "spf-host-missing")
def several_host_spf(lab: Lab) -> None:
    """The mail host's own name has two SPF records."""
    lab.domain.add("mail", "TXT", '"v=spf1 mx -all"')


@fault("spf-void")
def void_lookup(lab: Lab) -> None:
    """A term of the SPF record names a host that does not exist."""
    _publish(lab, f"v=spf1 mx a:gone.{places.DOMAIN} ~all")


@fault("spf-no-all", "spf-differs")
def without_all(lab: Lab) -> None:
    """The SPF record says nothing of strangers."""
    _publish(lab, "v=spf1 mx")


@fault("spf-ptr", "spf-differs")
def with_ptr(lab: Lab) -> None:
    """The SPF record has ptr, which is not to be used any more."""
    _publish(lab, "v=spf1 mx ptr ~all")


@fault("spf-terms-ignored", "spf-differs")
def behind_all(lab: Lab) -> None:
    """A term stands behind all."""
    _publish(lab, f"v=spf1 mx ~all ip4:{places.MAIL_2[0]}")
