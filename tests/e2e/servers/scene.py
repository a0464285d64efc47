"""Starts a test program in namespaces of its own, and makes bundles with the real sealwright-cli."""

import argparse
import glob
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import layers

SKIPPED = 77  # ctest: SKIP_RETURN_CODE
INSIDE = "SEALWRIGHT_E2E_INSIDE"
TOOLS = ("mmdebstrap", "unshare", "nsenter", "ip", "knotd", "opendkim-testmsg", "perl", "apt-get", "dash", "shellcheck")
MODULES = ("dkim", "dns")
DOMAINS = ("example.test", "second.test", "xn--mller-kva.test")

_numbers = itertools.count(1)


class Scene:
    """What all tests of a program share."""

    cli = ""
    layer = ""
    folder = ""  # A tmpfs, gone with the namespaces.


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def main(stack):
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", required=True, help="the sealwright-cli to test")
    parser.add_argument("--cache", required=True, help="where the Debian roots are kept; SEALWRIGHT_E2E_CACHE overrides it")
    options, rest = parser.parse_known_args()
    cache = os.path.abspath(os.environ.get("SEALWRIGHT_E2E_CACHE", options.cache))
    if INSIDE not in os.environ:
        sys.exit(_outside(cache, stack))
    Scene.cli = os.path.abspath(options.cli)
    Scene.layer = os.path.join(cache, stack)
    Scene.folder = os.environ[INSIDE]
    _prepare_inside()
    unittest.main(module="__main__", argv=[sys.argv[0], *rest], verbosity=2, warnings="ignore")


def _outside(cache, stack):
    if os.geteuid() != 0:
        skip("this test sets up servers in roots and networks of their own, which needs root")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    missing += [module for module in MODULES if importlib.util.find_spec(module) is None]
    if missing:
        skip(f"not installed: {' '.join(missing)} (tests/e2e/packages.txt)")
    if subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"], check=False).returncode != 0:
        skip("this machine does not allow namespaces")
    layers.layer(cache, stack)
    folder = tempfile.mkdtemp(prefix="e2e.", dir=cache)
    try:
        # Whatever happens to this process, all it started ends with the first process of the namespace.
        command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv]
        return subprocess.run(command, check=False, env=dict(os.environ, **{INSIDE: folder})).returncode
    finally:
        os.rmdir(folder)


def _prepare_inside():
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", Scene.folder], check=True)
    resolv = os.path.join(Scene.folder, "resolv.conf")
    with open(resolv, "w", encoding="ascii") as file:
        file.write("nameserver 198.51.100.53\noptions timeout:2 attempts:2\n")
    subprocess.run(["mount", "--bind", resolv, os.path.realpath("/etc/resolv.conf")], check=True)


def new_folder(name):
    folder = os.path.join(Scene.folder, f"{name}{next(_numbers)}")
    os.mkdir(folder)
    return folder


def new_box():
    from box import Box  # Only inside the namespaces.

    box = Box(Scene.layer, new_folder("box"), next(_numbers))
    shutil.copy("/etc/resolv.conf", box.root + "/etc/resolv.conf")
    return box


class Bundles:
    """The keys and records of some domains, as sealwright-cli makes them."""

    def __init__(self, stack, algorithms):
        self._stack = stack
        self._home = new_folder("home")
        for domain, chosen in algorithms.items():
            wanted = itertools.chain.from_iterable(("--algorithm", name) for name in chosen)
            self._cli("setup", domain, "--stack", stack, "--mail-host", "mail.example.test", *wanted,
                      "--out", os.path.join(new_folder("setup"), "bundle"))

    def _cli(self, *arguments):
        common = ["--offline", "--data-dir", self._home + "/data", "--vault", f"file:{self._home}/vault.pem"]
        environment = dict(os.environ, SEALWRIGHT_PASSPHRASE="correct horse", HOME=self._home, LC_ALL="C.UTF-8")
        result = subprocess.run([Scene.cli, *common, *arguments], check=False, capture_output=True, text=True, env=environment)
        if result.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)}: {result.returncode}\n{result.stdout}\n{result.stderr}")
        return result.stdout

    def export(self, *domains):
        """The folder of a bundle for those domains."""
        folder = os.path.join(new_folder("export"), "bundle")
        self._cli("export", *domains, "--stack", self._stack, "--out", folder)
        return folder


def zone_texts(bundle):
    """What the bundle wants published: {zone: text}."""
    texts = {}
    for path in glob.glob(bundle + "/dns/*.zone"):
        with open(path, encoding="ascii") as file:
            texts[os.path.basename(path).removesuffix(".zone")] = file.read()
    return texts
