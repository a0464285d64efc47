"""The scenarios by name: one ctest entry each."""

import pathlib
import traceback

import failures
import hostile
import howto
import lintclean
import linteximcases
import lintmended
import lintmiltercases
import milters
import settings
import spamfilter
import verify
import wholeway
from exim import Exim
from postfix import Postfix
from report import Report
from rspamd import PostfixWithRspamd
from surroundings import World

SCENARIOS = {
    "exim-split-direct": lambda world: wholeway.run(world, Exim(split=True)),
    "exim-split-smarthost": lambda world: wholeway.run(world, Exim(split=True, smarthost=True, both=False)),
    "exim-monolithic-direct": lambda world: wholeway.run(world, Exim(split=False)),
    "exim-monolithic-smarthost": lambda world: wholeway.run(world, Exim(split=False, smarthost=True, both=False)),
    "exim-howto": howto.run,
    "exim-settings": settings.run_exim,
    "exim-failures": failures.run_exim,
    "postfix-opendkim": lambda world: wholeway.run(world, Postfix()),
    "postfix-rspamd": lambda world: wholeway.run(world, PostfixWithRspamd()),
    "postfix-rspamd-settings": settings.run_rspamd,
    "postfix-rspamd-spamfilter": spamfilter.run,
    "postfix-rspamd-failures": failures.run_rspamd,
    "postfix-milters": milters.run,
    "postfix-settings": settings.run_postfix,
    "postfix-failures": failures.run_postfix,
    "lint-clean": lintclean.run,
    "lint-mended-exim": lambda world: lintmended.run(world, linteximcases.Setup),
    "lint-mended-postfix": lambda world: lintmended.run(world, lintmiltercases.OpenDkim),
    "lint-mended-rspamd": lambda world: lintmended.run(world, lintmiltercases.Rspamd),
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
