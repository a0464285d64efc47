"""A server that an older Sealwright set up, and one whose domains come in several bundles."""

import hashlib
import pathlib
import shutil

import installer
import net
import picture
import verify
import wholeway
from mail import Mail
from maildomains import DOMAINS, Bundle, Cli, MailDomain
from surroundings import World

_DATA = pathlib.Path(__file__).parent.parent / "data" / "bundles"
_OLDER, _ROTATED, _OTHER = "/mnt/older", "/mnt/rotated", "/mnt/other-domain"


def run(world: World, server) -> None:
    bundle, rotated, other = world.bundle(server), _rotated(world, server), _for(world, server, "other", DOMAINS[1:2])
    for older in sorted(_DATA.glob(f"*/{server.stack}")):
        _upgrade(world, server, bundle, rotated, older)
    _one_after_the_other(world, server, bundle, other)


def _for(world: World, server, name: str, domains: list[MailDomain]) -> Bundle:
    """By somebody with keys of his own."""
    work = world.work / name
    work.mkdir()
    return Bundle(Cli(world.cli, work), server.stack, server.key_types, work, domains)


def _rotated(world: World, server) -> Bundle:
    """The same domains with other keys under other selectors."""
    return _for(world, server, "rotated", [MailDomain(domain.typed, domain.name, f"new-{domain.selector}") for domain in DOMAINS])


def _older_bundle(bundle: Bundle, older: pathlib.Path, target: pathlib.Path) -> None:
    """The bundle as the older Sealwright wrote it: what differed is in the test data, and the sums follow."""
    shutil.copytree(bundle.folder, target)
    manifest = target / "manifest.json"
    for file in older.glob("[!i]*"):
        today, then = next(target.rglob(file.name)).read_bytes(), file.read_bytes()
        for place in [path for path in target.rglob("*") if path.is_file() and path.read_bytes() == today]:
            place.write_bytes(then)
        manifest.write_text(manifest.read_text().replace(hashlib.sha256(today).hexdigest(), hashlib.sha256(then).hexdigest()))
    script = (older / "install.sh").read_text().replace("{{manifest}}", hashlib.sha256(manifest.read_bytes()).hexdigest())
    (target / "install.sh").write_text(f"{script}# sha256 of the lines above: {hashlib.sha256(script.encode()).hexdigest()}\n")


def _upgrade(world: World, server, bundle: Bundle, rotated: Bundle, older: pathlib.Path) -> None:
    report, day = world.report, older.parent.name
    with world.box(server, bundle) as box:
        _older_bundle(bundle, older, box.path(_OLDER))
        shutil.copytree(rotated.folder, box.path(_ROTATED))
        before = picture.take(box)
        with world.serve(bundle):
            installer.expect(report, box, f"install of the bundle of {day}", "install", bundle=_OLDER)
            wholeway.expect_signed(world, server, bundle, f"with the bundle of {day}")
            installer.expect(report, box, f"status of today's over the bundle of {day}", "status", says=["installed"])
            installer.expect(report, box, f"install of today's bundle over the one of {day}", "install")
            installer.expect(report, box, "test", "test", says=["would be signed"])
            wholeway.expect_signed(world, server, bundle, f"with today's bundle over the one of {day}")
        with world.serve(rotated):
            installer.expect(report, box, "install of the bundle with rotated keys", "install", bundle=_ROTATED)
            wholeway.expect_signed(world, server, rotated, "with the rotated keys")
            wholeway.roll_back(world, server, box, before)
            wholeway.expect_unsigned(world, server, box, "after the rollback")
            installer.expect(report, box, f"install of the bundle of {day} once more", "install", bundle=_OLDER)
            wholeway.roll_back(world, server, box, before)


def _one_after_the_other(world: World, server, bundle: Bundle, other: Bundle) -> None:
    report, first, second = world.report, DOMAINS[0], DOMAINS[1]
    with world.serve(bundle), world.box(server, bundle) as box:
        shutil.copytree(bundle.one_domain, box.path(wholeway.ONE_DOMAIN))
        shutil.copytree(other.folder, box.path(_OTHER))
        before = picture.take(box)
        installer.expect(report, box, f"install for {first.name}", "install", bundle=wholeway.ONE_DOMAIN)
        installer.expect_refusal(report, box, f"then for {second.name} only: refused, and it says what to do", bundle=_OTHER,
                                 says=[first.name, "Export all domains into one bundle", "install --replace"], restless=server.restless)
        installer.expect(report, box, f"for {second.name} only, as asked", "install", "--replace", bundle=_OTHER,
                         says=["no longer signed for", first.name])
        _expect_signers(world, server, first.name, set())
        _expect_signers(world, server, second.name, {second.name})
        installer.expect_refusal(report, box, f"back to {first.name} only: refused", bundle=wholeway.ONE_DOMAIN, says=[second.name],
                                 restless=server.restless)
        installer.expect(report, box, "then the bundle for all", "install")
        for domain in DOMAINS:
            _expect_signers(world, server, domain.name, {domain.name})
        wholeway.roll_back(world, server, box, before)


def _expect_signers(world: World, server, domain: str, wanted: set[str]) -> None:
    mail = Mail(f"jan@{domain}")
    mail.by_smtp(net.STRANGER, f"jan@{domain}", login=server.login)
    message = world.hop.wait_for(mail.token)
    seen = {signature.domain for signature in verify.signatures(message or b"")}
    world.report.check(f"mail of {domain} is signed by {wanted or 'nobody'}", message is not None and seen == wanted, message)
