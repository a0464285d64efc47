"""A server from unsigned to signed and back: what every combination of servers and settings has to stand."""

import shutil

import installer
import kinds
import net
import picture
import signing
import verify
from box import Box
from mail import Mail
from maildomains import DOMAINS, Bundle
from surroundings import World

ONE_DOMAIN = "/mnt/one-domain"


def run(world: World, server) -> None:
    report = world.report
    bundle = world.bundle(server)
    report.check(f"the bundle signs with {' and '.join(sorted(server.algorithms))}", {key[2] for key in bundle.keys} == server.algorithms,
                 bundle.keys)
    with world.serve(bundle), world.box(server, bundle) as box:
        shutil.copytree(bundle.one_domain, box.path(ONE_DOMAIN))
        expect_unsigned(world, server, box, "before the install")
        before = picture.take(box)
        installer.expect(report, box, "check is content", "check")
        installer.expect(report, box, "status says that nothing is installed", "status", says=["not installed"])
        changed = picture.difference(before, picture.take(box))
        report.check("check and status change nothing", not changed, changed)

        installer.expect(report, box, "install for one domain", "install", bundle=ONE_DOMAIN)
        installer.expect(report, box, "install for three domains over it", "install")
        _nothing_twice(world, server, box)
        installer.expect(report, box, "test tells which key signs for each domain", "test",
                         says=[f"{domain}: would be signed with selector {selector} " for domain, selector, _ in bundle.keys])
        installer.expect(report, box, "status tells what is installed", "status", says=["installed", "in place"])
        installer.expect_refusal(report, box, "a bundle without two of the domains is refused", bundle=ONE_DOMAIN,
                                 says=[domain.name for domain in DOMAINS[1:]], restless=server.restless)

        sent = kinds.send_all(box, server)
        signing.check(report, world.hop, sent, bundle)
        signing.check_verifiers(report, world.hop, sent[0])
        signing.check_list(report, world.hop, sent[0])
        _through_smarthost(world, server, box, bundle)

        roll_back(world, server, box, before)
        expect_unsigned(world, server, box, "after the rollback")
        installer.expect(report, box, "a second rollback finds nothing to do", "rollback", says=["nothing to do"])


def _through_smarthost(world: World, server, box: Box, bundle: Bundle) -> None:
    """The admin's own choice, after the install; the bundle that is there goes with it."""
    if not server.smarthost:
        server.send_through(box, f"smarthost.{net.NEXT_DOMAIN}")
        installer.expect(world.report, box, "install after the admin chose a smarthost", "install")
    signing.check(world.report, world.hop, kinds.send_through_smarthost(box), bundle)
    if not server.smarthost:
        server.send_through(box, "")


def _nothing_twice(world: World, server, box: Box) -> None:
    installed, reloads = picture.take(box), server.reloads(box)
    installer.expect(world.report, box, "a second install finds nothing to do", "install", says=["nothing to do"])
    changed = picture.difference(installed, picture.take(box), but=server.restless)
    world.report.check("a second install changes nothing", not changed, changed)
    world.report.check("a second install reloads nothing", server.reloads(box) == reloads, server.log(box))


def roll_back(world: World, server, box: Box, before: picture.Picture) -> None:
    installer.expect(world.report, box, "rollback", "rollback")
    changed = picture.difference(before, picture.take(box), times=False, but=server.restless)
    world.report.check("rollback leaves the system as it was, byte for byte", not changed, changed)


def expect_unsigned(world: World, server, box: Box, when: str) -> None:
    message = _send_one(world, server)
    world.report.check(f"mail goes out unsigned {when}", message is not None and not verify.signatures(message), message)


def expect_signed(world: World, server, bundle: Bundle, when: str) -> None:
    message = _send_one(world, server) or b""
    seen = {(signature.domain, signature.selector, signature.algorithm) for signature in verify.signatures(message)}
    world.report.check(f"mail goes out signed {when}", seen == bundle.keys_of(DOMAINS[0].name), f"{seen}\n{message.decode()}")
    for signature in verify.signatures(message):
        verdicts = signature.verdicts()
        world.report.check(f"{signature.algorithm} verified by {', '.join(verdicts)}", set(verdicts.values()) == {"pass"}, verdicts)


def _send_one(world: World, server) -> bytes | None:
    mail = Mail(f"jan@{DOMAINS[0].name}")
    mail.by_smtp(net.STRANGER, f"jan@{DOMAINS[0].name}", login=server.login)
    return world.hop.wait_for(mail.token)
