"""The scenarios by name: one ctest entry each."""

import pathlib
import traceback

import distributions
import failures
import faults
import hostile
import howto
import inbound
import inboundsettings
import killed
import lintclean
import linteximcases
import lintmended
import lintmiltercases
import milters
import onefile
import probed
import settings
import shells
import spamfilter
import upgrade
import verify
import wholeway
from exim import Exim
from postfix import Postfix
from report import Report
from rspamd import PostfixWithRspamd
from surroundings import World
from systemdbox import on_systemd

SCENARIOS = {
    "exim-split-direct": lambda world: wholeway.run(world, Exim(split=True)),
    "exim-split-smarthost": lambda world: wholeway.run(world, Exim(split=True, smarthost=True, both=False)),
    "exim-monolithic-direct": lambda world: wholeway.run(world, Exim(split=False)),
    "exim-monolithic-smarthost": lambda world: wholeway.run(world, Exim(split=False, smarthost=True, both=False)),
    "exim-systemd": lambda world: wholeway.run(world, on_systemd(Exim(split=True))),
    "exim-howto": howto.run,
    "exim-settings": settings.run_exim,
    "exim-failures": failures.run_exim,
    "exim-killed": lambda world: killed.run(world, Exim(split=False, smarthost=True, both=False), every=31),
    "exim-killed-everywhere": lambda world: killed.run(world, Exim(split=True, smarthost=True, both=False)),
    "exim-one-file": lambda world: wholeway.run(world, onefile.OneFile()),
    "exim-one-file-settings": onefile.run_settings,
    "exim-one-file-systemd": lambda world: wholeway.run(world, on_systemd(onefile.OneFile())),
    "exim-one-file-killed": lambda world: killed.run(world, onefile.OneFile(both=False), every=31),
    "exim-one-file-failures": failures.run_one_file,
    "postfix-opendkim": lambda world: wholeway.run(world, Postfix()),
    "postfix-rspamd": lambda world: wholeway.run(world, PostfixWithRspamd()),
    "postfix-rspamd-settings": settings.run_rspamd,
    "postfix-rspamd-spamfilter": spamfilter.run,
    "postfix-rspamd-failures": failures.run_rspamd,
    "postfix-opendkim-systemd": lambda world: wholeway.run(world, on_systemd(Postfix())),
    "postfix-rspamd-systemd": lambda world: wholeway.run(world, on_systemd(PostfixWithRspamd())),
    "postfix-milters": milters.run,
    "postfix-settings": settings.run_postfix,
    "postfix-failures": failures.run_postfix,
    "postfix-killed": lambda world: killed.run(world, Postfix(), every=41),
    "postfix-killed-everywhere": lambda world: killed.run(world, Postfix()),
    "postfix-rspamd-killed-everywhere": lambda world: killed.run(world, PostfixWithRspamd(warm=True), every=3),
    "exim-shells": lambda world: shells.run(world, Exim(split=False, both=False)),
    "postfix-shells": lambda world: shells.run(world, Postfix()),
    "exim-upgrade": lambda world: upgrade.run(world, Exim(split=True)),
    "postfix-upgrade": lambda world: upgrade.run(world, Postfix()),
    "postfix-rspamd-upgrade": lambda world: upgrade.run(world, PostfixWithRspamd(warm=True)),
    "postfix-distributions": distributions.run_opendkim,
    "postfix-rspamd-distributions": distributions.run_rspamd,
    "exim-faults": faults.run_exim,
    "postfix-faults": faults.run_postfix,
    "postfix-rspamd-faults": faults.run_rspamd,
    "exim-inbound": lambda world: inbound.run(world, inbound.EximChecks(heavy=False, split=False), inbound.EximChecks(heavy=True, split=True)),
    "exim-one-file-inbound": lambda world: inbound.run(world, inbound.OneFileChecks()),
    "exim-inbound-settings": inboundsettings.run_exim,
    "postfix-opendkim-inbound": lambda world: inbound.run(world, inbound.PostfixChecks()),
    "postfix-opendkim-inbound-settings": inboundsettings.run_postfix,
    "postfix-rspamd-inbound": lambda world: inbound.run(world, inbound.RspamdChecks()),
    "postfix-rspamd-inbound-settings": inboundsettings.run_rspamd,
    "lint-clean": lintclean.run,
    "lint-mended-exim": lambda world: lintmended.run(world, linteximcases.Setup),
    "lint-mended-postfix": lambda world: lintmended.run(world, lintmiltercases.OpenDkim),
    "lint-mended-rspamd": lambda world: lintmended.run(world, lintmiltercases.Rspamd),
    "probed": probed.run,
    "hostile": hostile.run,
}


def run(name: str, cli: str, cache: pathlib.Path, debian: str) -> int:
    report = Report(name)
    verify.program = cli
    try:
        SCENARIOS[name](World(report, cli, cache, debian))
    except Exception:  # a broken step must not hide what was seen before it
        report.check("the scenario comes to its end", False, traceback.format_exc())
    return report.summary()
