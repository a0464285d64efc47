"""Debian dressed as other distributions: their names, places and users, with the daemons of Debian."""

import dataclasses

import inbound
import installer
import mailbox
import net
import picture
import shells
import wholeway
from box import Box
from mail import Mail
from maildomains import some_rsa_key
from postfix import Postfix
from rspamd import PostfixWithRspamd
from surroundings import World

_CONF, _CONF_BELOW = "/etc/opendkim.conf", "/etc/opendkim/opendkim.conf"


@dataclasses.dataclass(frozen=True)
class Distribution:
    name: str
    release: str               # of /etc/os-release
    command: str               # by which packages are added there
    opendkim_conf: str = _CONF
    rspamd_user: str = "_rspamd"
    services: str = "systemctl"  # or OpenRC's rc-service, with busybox's tools


DISTRIBUTIONS = [
    Distribution("Fedora", 'NAME="Fedora Linux"\nID=fedora\nPRETTY_NAME="Fedora Linux 41 (Server Edition)"\n', "dnf install"),
    Distribution("Rocky Linux", 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf install"),
    Distribution("Alpine", 'NAME="Alpine Linux"\nID=alpine\nPRETTY_NAME="Alpine Linux v3.20"\n', "apk add", _CONF_BELOW, "rspamd", "rc-service"),
    Distribution("Arch", 'NAME="Arch Linux"\nID=arch\nPRETTY_NAME="Arch Linux"\n', "pacman -S", _CONF_BELOW, "rspamd"),
    Distribution("a distribution that is unknown but like Debian", "ID=guess\nPRETTY_NAME=Guess\n", "apt install"),
]


def run_opendkim(world: World) -> None:
    server = Postfix()
    server.root = "postfix-shells"
    bundle = world.bundle(server)
    with world.serve(bundle):
        for distribution in DISTRIBUTIONS:
            with world.box(server, bundle) as box:
                _dress(box, distribution)
                _move(box, "opendkim", distribution)
                _whole_way(world, server, bundle, box, distribution, distribution.opendkim_conf)
        with world.box(server, bundle) as box:
            _dress(box, DISTRIBUTIONS[-1])
            box.sh(f"mv {_CONF} /etc/opendkim.local")
            installer.expect_refusal(world.report, box, "a distribution with unknown places: refused, and it says why", restless=server.restless,
                                     says=["none that we know", _CONF, "Fedora"])
    _inbound(world)


def _inbound(world: World) -> None:
    """OpenDMARC where they have it, and no list of public suffixes."""
    report, server = world.report, inbound.PostfixChecks()
    bundle = world.bundle(server, inbound="results")
    nameserver = world.serve(bundle)
    inbound.add_strangers(nameserver, some_rsa_key())
    with nameserver:
        for distribution in (DISTRIBUTIONS[0], *DISTRIBUTIONS[2:4]):  # Fedora, Alpine, Arch
            with world.box(server, bundle) as box:
                name, configuration = distribution.name, distribution.opendkim_conf.replace("opendkim", "opendmarc")
                _dress(box, distribution)
                _move(box, "opendkim", distribution)
                _move(box, "opendmarc", distribution)
                before = picture.take(box)
                installer.expect(report, box, f"{name}: install that has incoming mail checked", "install", says=[configuration])
                text = box.path(configuration).read_text()
                report.check(f"{name}: {configuration} is ours, without the list that is not there",
                             "Made by Sealwright" in text and "PublicSuffixList" not in text, text)
                report.check(f"{name}: the place of other distributions stays empty",
                             configuration == "/etc/opendmarc.conf" or not box.path("/etc/opendmarc.conf").exists())
                installer.expect(report, box, f"{name}: a second install finds nothing to do", "install", says=["nothing to do"])
                mail = Mail(f"boss@{inbound.STRANGER}")
                mail.by_smtp(net.STRANGER, f"crook@{inbound.PLAIN}", to=mailbox.ADDRESS)
                message = mailbox.wait_for(box, mail.token)
                report.check(f"{name}: what comes in is checked", mailbox.results(message).get("dmarc") == "fail", message)
                wholeway.roll_back(world, server, box, before)


def run_rspamd(world: World) -> None:
    server = PostfixWithRspamd(warm=True)
    bundle = world.bundle(server)
    with world.serve(bundle):
        for distribution in DISTRIBUTIONS[:3:2]:  # Fedora and Alpine: the others are like one of them
            with world.box(server, bundle) as box:
                _dress(box, distribution)
                if distribution.rspamd_user == "rspamd":
                    box.sh("usermod -l rspamd _rspamd; groupmod -n rspamd _rspamd; grep -rl _rspamd /etc/init.d /etc/rspamd | "
                           "xargs -r sed -i 's/_rspamd/rspamd/g'")
                _whole_way(world, server, bundle, box, distribution, "/etc/rspamd/local.d/dkim_signing.conf")


def _dress(box: Box, distribution: Distribution) -> None:
    box.sh("rm -f /etc/os-release /usr/bin/apt-get; rm -rf /etc/dkimkeys /usr/share/dns /usr/share/publicsuffix")
    box.write("/etc/os-release", distribution.release)
    _manage_services(box, distribution)


def _manage_services(box: Box, distribution: Distribution) -> None:
    """By the programs of that distribution, which hand all on; and no service starts with the system yet."""
    if distribution.services == "systemctl":
        box.sh("mkdir -p /run/systemd/system")
        _program(box, "systemctl", '[ "$1" != is-enabled ] || exit 1\necho used >/run/e2e-used\nexec /etc/init.d/"$2" "$1"')
    else:
        _program(box, "rc-service", 'echo used >/run/e2e-used\nexec service "$@"')
        _program(box, "rc-update", "echo '  sshd | default'")
        if box.run("busybox", "true").returncode == 0:
            shells.use_busybox(box)


def _program(box: Box, name: str, script: str) -> None:
    path = f"/usr/sbin/{name}"
    box.sh(f"rm -f /usr/bin/{name} {path}")
    box.write(path, f"#!/bin/sh\n{script}\n")
    box.sh(f"chmod 0755 {path}")


def _move(box: Box, program: str, distribution: Distribution) -> None:
    at_home, below = f"/etc/{program}.conf", f"/etc/{program}/{program}.conf"
    if distribution.opendkim_conf != _CONF:
        box.sh(f"""
            mkdir -p /etc/{program}
            mv {at_home} {below}
            sed -i -e 's|{at_home}|{below}|g' -e 's|"-u $USER -P|"-x {below} -u $USER -P|' /etc/init.d/{program}
        """)


def _whole_way(world: World, server, bundle, box: Box, distribution: Distribution, configuration: str) -> None:
    report, name = world.report, distribution.name
    before = picture.take(box)
    installer.expect(report, box, f"{name}: check", "check", says=[configuration])
    installer.expect(report, box, f"{name}: install", "install", says=[configuration, "does not start with the system yet"])
    report.check(f"{name}: services are asked by {distribution.services}", box.path("/run/e2e-used").exists())
    report.check(f"{name}: the configuration is in {configuration}", "Made by Sealwright" in box.path(configuration).read_text())
    installer.expect(report, box, f"{name}: a second install finds nothing to do", "install", says=["nothing to do"])
    wholeway.expect_signed(world, server, bundle, f"({name})")
    installer.expect(report, box, f"{name}: test", "test", says=["would be signed"])
    wholeway.roll_back(world, server, box, before)
    program = {"postfix-opendkim": "opendkim", "postfix-rspamd": "rspamadm"}[server.stack]
    box.sh(f"mv $(command -v {program}) /usr/local/{program}")
    refused = installer.run(box, "install")
    report.check(f"{name}: without {program}, it names the command that brings it", distribution.command in refused.stdout, refused.stdout)
