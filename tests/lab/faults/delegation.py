"""What the parent says, what the zone says, and what the servers do. Where ns2 differs, the resolver may have asked it."""

import dns.rcode

import front
import internet
import places
from fault import fault
from lab import Lab


def _at_parent(lab: Lab, host: str, both: list[str]) -> None:
    """The parent names another server, with glue."""
    lab.parent.add(f"{places.DOMAIN}.", "NS", f"{host}.{places.DOMAIN}.")
    for address in both:
        lab.parent.add(f"{host}.{places.DOMAIN}.", "AAAA" if ":" in address else "A", address)


@fault("name-server-only-at-parent")
def only_at_parent(lab: Lab) -> None:
    """The parent names a server more than the zone: an old one, which still answers."""
    _at_parent(lab, "ns3", places.NS1)
    for address in places.NS1:
        lab.domain.add("ns3", "AAAA" if ":" in address else "A", address)


@fault("name-server-only-in-zone")
def only_in_zone(lab: Lab) -> None:
    """The zone names a server that the parent does not know."""
    lab.domain.add("@", "NS", "ns3")
    for address in places.NS1:
        lab.domain.add("ns3", "AAAA" if ":" in address else "A", address)


@fault("name-server-lame")
def lame_server(lab: Lab) -> None:
    """ns2 has no authority, and sends whoever asks to the root."""
    lab.fronts.ns2.behaviour = front.lame


@fault("name-server-lame")
def server_without_authority(lab: Lab) -> None:
    """ns2 answers as a cache does, without the AA bit."""
    lab.fronts.ns2.behaviour = front.without_authority


@fault("name-server-silent")
def silent_server(lab: Lab) -> None:
    """ns2 says nothing."""
    lab.fronts.ns2.behaviour = front.silent


@fault("name-server-lame")
def refusing_server(lab: Lab) -> None:
    """ns2 refuses each question."""
    lab.fronts.ns2.behaviour = front.only_code(dns.rcode.REFUSED)


@fault("name-server-lame")
def failing_server(lab: Lab) -> None:
    """ns2 answers SERVFAIL to each question."""
    lab.fronts.ns2.behaviour = front.only_code(dns.rcode.SERVFAIL)


@fault("name-server-silent")
def garbage_server(lab: Lab) -> None:
    """ns2 answers with garbage."""
    lab.fronts.ns2.behaviour = front.garbage


@fault("name-server-silent")
def wrong_id_server(lab: Lab) -> None:
    """ns2 answers under another question's number."""
    lab.fronts.ns2.behaviour = front.with_another_id


@fault("name-server-no-tcp")
def truncating_without_tcp(lab: Lab) -> None:
    """ns2 truncates each answer, and does not answer over TCP."""
    lab.fronts.ns2.behaviour = front.truncating(tcp_works=False)


@fault("delegation-sound")
def server_without_edns(lab: Lab) -> None:
    """Nothing: ns2 knows no EDNS, and says so."""
    lab.fronts.ns2.behaviour = front.knows_no_edns


@fault("delegation-sound")
def losing_fragments(lab: Lab) -> None:
    """Nothing: answers of more than 1,232 octets from ns2 get lost on the way."""
    lab.fronts.ns2.behaviour = front.losing_more_than(1232)


@fault("glue-differs")
def wrong_glue(lab: Lab) -> None:
    """The parent has an old address of ns2, where nobody answers."""
    lab.parent.set(f"ns2.{places.DOMAIN}.", "A", places.NOBODY[0])


@fault("delegation-sound")
def server_of_many_addresses(lab: Lab) -> None:
    """Nothing: ns2 has six IPv4 addresses, and the parent knows them all."""
    for address in places.NS2_MORE:
        lab.parent.add(f"ns2.{places.DOMAIN}.", "A", address)
        lab.domain.add("ns2", "A", address)


@fault("zone-not-served unknown", "spf-missing blocklists-unknown resolver-silent")
def all_servers_lame(lab: Lab) -> None:
    """Neither server has the zone any more."""
    for server in (lab.fronts.ns1, lab.fronts.ns2):
        server.behaviour = front.only_code(dns.rcode.REFUSED)


@fault("name-server-without-address")
def server_without_address(lab: Lab) -> None:
    """ns2 has no address, neither at the parent nor in the zone."""
    for kind in ("A", "AAAA"):
        lab.parent.remove(f"ns2.{places.DOMAIN}.", kind)
        lab.domain.remove("ns2", kind)


@fault("serials-differ")
def serials_differ(lab: Lab) -> None:
    """ns2 has an older version of the zone, with the same records of ours."""
    lab.zones.differing_at_ns2().serial = 1


@fault("servers-disagree", "spf-sender-fails spf-differs")
def one_server_lies(lab: Lab) -> None:
    """ns2 has another SPF record than ns1."""
    lab.zones.differing_at_ns2().set("@", "TXT", '"v=spf1 -all"')


@fault("servers-disagree")
def one_server_forges(lab: Lab) -> None:
    """ns2 answers with an MX record of somebody else, which nobody has signed."""
    lab.fronts.ns2.behaviour = front.lying(places.DOMAIN, "MX", f"10 mail.{internet.STRANGERS}.")


@fault("servers-disagree", "not-everywhere")
def one_server_lacks_dmarc(lab: Lab) -> None:
    """ns2 has no DMARC record."""
    lab.zones.differing_at_ns2().remove("_dmarc", "TXT")


@fault("servers-disagree not-everywhere")
def only_one_server_has_dmarc_yet(lab: Lab) -> None:
    """Only ns1 has the DMARC record yet, and the resolver remembers that there was none."""
    record = lab.domain.data("_dmarc", "TXT")
    lab.domain.remove("_dmarc", "TXT")
    lab.have_remembered("_dmarc", "TXT")
    lab.zones.differing_at_ns2()
    lab.domain.add("_dmarc", "TXT", record)


@fault("not-yet-seen caches-behind")
def dmarc_not_yet_seen(lab: Lab) -> None:
    """Nothing: every name server has the DMARC record, and the resolver remembers that there was none."""
    record = lab.domain.data("_dmarc", "TXT")
    lab.domain.remove("_dmarc", "TXT")
    lab.have_remembered("_dmarc", "TXT")
    lab.domain.add("_dmarc", "TXT", record)


@fault("name-server-alone")
def only_one_server(lab: Lab) -> None:
    """The domain has one name server."""
    for zone, owner in ((lab.parent, f"{places.DOMAIN}."), (lab.domain, "@")):
        zone.remove(owner, "NS")
        zone.add(owner, "NS", f"ns1.{places.DOMAIN}.")
    for kind in ("A", "AAAA"):
        lab.parent.remove(f"ns2.{places.DOMAIN}.", kind)


@fault("delegation-unknown")
def port_closed_at_desk(lab: Lab) -> None:
    """The desk's provider lets nobody but its own resolver be asked."""
    lab.network.close("udp", 53)
    lab.network.close("tcp", 53)
    lab.options = ["--timeout", "2"]


@fault("delegation-unknown dkim-present dmarc-present spf-present mx-found")
def network_answers_for_everybody(lab: Lab) -> None:
    """The desk's network answers all that goes to port 53 itself, with its own resolver."""
    lab.fronts.intercept(4, 6)


@fault("delegation-sound dkim-present")
def network_answers_over_ipv4(lab: Lab) -> None:
    """Nothing: the desk's network does so for IPv4 only."""
    lab.fronts.intercept(4)
