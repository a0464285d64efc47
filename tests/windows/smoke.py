#!/usr/bin/env python3
"""smoke.py --setup SETUP.EXE --cli SEALWRIGHT-CLI [--pictures FOLDER]: installs Sealwright with Wine in a Windows of its
own, uses it, compares its answers with those of the Linux program, and takes it away again without a trace.

In the answers, a backslash of a path is taken for a slash, the milliseconds that a check took are left out, and its
findings are put in order: those of two keys come as they are found. Nothing else is made alike.
"""
import argparse
import contextlib
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

from wine import PASSING, PASSPHRASE, USER, check, run, waited

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
FOLDER = "Größe ł"


def like(octets):
    text = octets.decode().replace("\\\\", "/").replace("\\", "/")
    return re.sub(r'"elapsedMs": \d+', '"elapsedMs": 0', text)


def answer(octets):
    """JSON, or for a refusal nothing, as lines that can be compared."""
    text = like(octets)
    if text.startswith("{"):
        value = json.loads(text)
        if "findings" in value:
            value["findings"].sort(key=json.dumps)
        text = json.dumps(value, indent=1, ensure_ascii=False)
    return text.splitlines(keepends=True)


class Programs:
    """The same command for both programs, each in a folder of its own with the same files."""

    def __init__(self, windows, program, cli, folder):
        self.windows, self.program, self.cli = windows, program, cli
        self.here = {"linux": folder / "linux", "windows": folder / "windows"}
        for place in self.here.values():
            (place / FOLDER).mkdir(parents=True)
        self.common = ["--json", "--data-dir", FOLDER + "/data", "--vault", f"file:{FOLDER}/vault.pem"]

    def linux(self, *command, **options):
        return subprocess.run([self.cli, *command], cwd=self.here["linux"], capture_output=True, timeout=300,
                              env=os.environ | {"SEALWRIGHT_PASSPHRASE": PASSPHRASE}, check=False, **options)

    def on_windows(self, *command, **options):
        return self.windows.run(self.program, *command, cwd=self.here["windows"], **options)

    def agree(self, what, *command, **options):
        ours = self.linux(*self.common, *command, **options)
        theirs = self.on_windows(*self.common, *command, **options)
        seen = {system: [f"exit {done.returncode}\n", *answer(done.stdout), *answer(done.stderr)]
                for system, done in (("linux", ours), ("windows", theirs))}
        said = json.loads(ours.stdout) if ours.returncode in (0, 1) else ours.stderr
        check(f"{what}: the same answer on both ({len(ours.stdout)} octets, exit {ours.returncode})",
              bool(said) and seen["linux"] == seen["windows"],
              "".join(difflib.unified_diff(seen["linux"], seen["windows"], "linux", "windows")))

    def tree(self, system, name):
        top = self.here[system] / name
        return {str(file.relative_to(top)): file.read_bytes() for file in sorted(top.rglob("*")) if file.is_file()}

    def copy(self, source, target):
        shutil.rmtree(self.here[target] / FOLDER)
        shutil.copytree(self.here[source] / FOLDER, self.here[target] / FOLDER)


def sample_zone():
    """The keys of the messages of RFC 6376 and RFC 8463, and what a domain needs beside them."""
    zone = ("$ORIGIN com.\n$TTL 300\n@ SOA ns1.example hostmaster 1 3600 600 86400 300\n  NS ns1.example\n"
            "ns1.example A 192.0.2.53\nexample TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
            "_dmarc.example TXT \"v=DMARC1; p=reject\"\n")
    for line in (DATA / "dkim/dkim_verifier-keys.tsv").read_text().splitlines():
        name, _, value = line.partition("\t")
        if name.endswith(".com") and value.startswith("v="):
            pieces = [value[at:at + 200] for at in range(0, len(value), 200)]
            zone += f"{name}. TXT " + " ".join(f'"{piece}"' for piece in pieces) + "\n"
    return zone


def compare_answers(programs):
    setup = ["setup", "example.org", "--stack", "exim4-debian", "--mail-host", "mail.example.org",
             "--algorithm", "rsa2048", "--algorithm", "ed25519", "--out", FOLDER + "/bundle"]
    made = programs.linux(*programs.common, "--offline", *setup)
    check("Linux makes keys for both", made.returncode == 0, made.stderr.decode())
    programs.copy("linux", "windows")
    programs.agree("setup, with keys made on Linux", "--offline", *setup)
    ours, theirs = (programs.tree(system, FOLDER + "/bundle") for system in ("linux", "windows"))
    check(f"the bundle's {len(ours)} files are the same octets", ours == theirs,
          str([name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)]))
    programs.agree("domain list", "domain", "list")
    programs.agree("key list", "key", "list")
    programs.agree("records", "--offline", "records", "example.org")

    zone = programs.linux("--offline", *programs.common[1:], "records", "example.org", "--format", "zone").stdout
    theirs = programs.on_windows("--offline", *programs.common[1:], "records", "example.org", "--format", "zone").stdout
    check("records --format zone: the same octets", zone == theirs and zone != b"")
    message = (DATA / "dkim/dkim_verifier/rfc8463-A.3.eml").read_bytes()
    for place in programs.here.values():
        (place / FOLDER / "org.zone").write_bytes(zone)
        (place / FOLDER / "com.zone").write_text(sample_zone())
        (place / FOLDER / "message.eml").write_bytes(message)
    programs.agree("check --zone --offline", "--zone", FOLDER + "/org.zone", "--offline", "check", "example.org")
    verify = ["--zone", FOLDER + "/com.zone", "--offline", "message", "verify"]
    sender = ["--client-ip", "192.0.2.1", "--mail-from", "joe@example.com"]
    programs.agree("message verify", *verify, FOLDER + "/message.eml", *sender)
    programs.agree("message verify, from standard input", *verify, "-", *sender, input=message)
    programs.agree("message verify, of a file that is not there", *verify, FOLDER + "/none.eml")


def compare_the_other_way(programs):
    made = programs.on_windows(*programs.common, "--offline", "setup", "example.net", "--stack", "postfix-rspamd",
                               "--mail-host", "mail.example.net", "--out", FOLDER + "/bundle.zip")
    check("Windows makes a key for both, and a .zip", made.returncode == 0, made.stderr.decode())
    programs.copy("windows", "linux")
    programs.agree("records, of a key made on Windows", "--offline", "records", "example.net")
    programs.agree("setup, with a key made on Windows", "--offline", "setup", "example.net", "--stack",
                   "postfix-rspamd", "--mail-host", "mail.example.net", "--out", FOLDER + "/again")


# Wine's credential store forgets what Windows keeps beside the first 2,560 octets, so no RSA key of 4096 bits is tried.
def use_keychain(programs):
    common = ["--json", "--offline", "--data-dir", FOLDER + "/chain"]
    programs.on_windows(*common, "domain", "add", "example.org")
    programs.on_windows("--offline", "--data-dir", FOLDER + "/chain2", "domain", "add", "example.org")
    generated = programs.on_windows(*common, "key", "generate", "example.org", "--algorithm", "rsa3072",
                                    "--selector", "s1")
    check("keychain: makes a key in the credential store", generated.returncode == 0, generated.stderr.decode())
    pem = []
    for name in "one.pem", "two.pem":
        exported = programs.on_windows(*common, "key", "export", "example.org", "--out", f"{FOLDER}/{name}")
        check(f"keychain: writes it to {name}", exported.returncode == 0, exported.stderr.decode())
        file = programs.here["windows"] / FOLDER / name
        pem.append(file.read_bytes() if file.exists() else b"")
        # Wine writes an access list down as a mode, and takes the user's group for the user.
        check("its file is its owner's alone", file.exists() and file.stat().st_mode & 0o007 == 0)
    check("keychain: it is a whole key, and the same each time",
          pem[0] == pem[1] and pem[0].startswith(b"-----BEGIN PRIVATE KEY-----") and len(pem[0]) > 2400)
    imported = programs.on_windows("--json", "--offline", "--data-dir", FOLDER + "/chain2", "key", "import",
                                   "example.org", FOLDER + "/one.pem", "--selector", "s2")
    check("keychain: takes an imported key", imported.returncode == 0, imported.stderr.decode())


def look_at_wizard(windows, program, name):
    wizard = windows.start(program)
    check(f"the wizard opens ({name})", waited(lambda: windows.windows_named("Sealwright")))
    time.sleep(3)
    picture = windows.take_picture(name)
    colours = subprocess.run(["identify", "-format", "%k", str(picture)], capture_output=True, check=True).stdout
    check(f"its picture has {int(colours)} colours", int(colours) > 50)
    windows.run("taskkill", "/im", "sealwright.exe") # as a click on the cross
    with contextlib.suppress(subprocess.TimeoutExpired):
        wizard.wait(10)
    check("and closes", wizard.poll() is not None)
    if wizard.poll() is None:
        windows.stop()
        wizard.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--setup", required=True, type=pathlib.Path)
    parser.add_argument("--cli", required=True, type=pathlib.Path, help="the program for Linux")
    parser.add_argument("--pictures", type=pathlib.Path, help="where the screenshots go")
    options = parser.parse_args()
    run(lambda windows, folder: try_out(windows, options, folder), options.pictures)


def try_out(windows, options, folder):
    files, registered = windows.files(), windows.registered()
    begin = time.monotonic()
    windows.run(options.setup.resolve(), "/S")
    installed = list(windows.drive.glob("users/*/AppData/Local/Programs/Sealwright/sealwright.exe"))
    check(f"installs silently ({time.monotonic() - begin:.0f} s)", len(installed) == 1)
    if not installed:
        return
    home = installed[0].parent
    size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    print(f"        into {home.relative_to(windows.drive)}, {size / 1e6:.1f} MB")
    check("for the user with umlauts", USER in str(home))
    query = ["reg", "query", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Sealwright"]
    check("is on the list of programs, with a quiet way out", b"QuietUninstallString" in windows.run(*query).stdout)
    check("is offered for saved messages",
          b"Sealwright.Message" in windows.run("reg", "query", r"HKCU\Software\Classes\.eml\OpenWithProgids").stdout)
    menu = "users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Sealwright.lnk"
    check("is in the start menu", any(windows.drive.glob(menu)))
    programs = Programs(windows, home / "sealwright-cli.exe", options.cli.resolve(), folder)
    version = programs.on_windows("--version")
    check("tells its version: " + version.stdout.decode().strip(), version.stdout == programs.linux("--version").stdout)
    compare_answers(programs)
    compare_the_other_way(programs)
    use_keychain(programs)
    look_at_wizard(windows, home / "sealwright.exe", "light")
    windows.run("reg", "add", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize", "/v",
                "AppsUseLightTheme", "/t", "REG_DWORD", "/d", "0", "/f")
    look_at_wizard(windows, home / "sealwright.exe", "dark")
    windows.run("reg", "delete", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize", "/f")

    program = home / "sealwright-cli.exe"
    windows.run(program, "--offline", "domain", "add", "example.org", "--mail-host", "mail.example.org")
    own = list(windows.drive.glob("users/*/AppData/Roaming/sealwright/profiles/example.org.json"))
    check("keeps domains in the user's folder", len(own) == 1)
    check("is no larger than 40 MB to fetch", options.setup.stat().st_size <= 40e6)
    again = windows.run(options.setup.resolve(), "/S")
    check("installs over itself", again.returncode == 0 and installed[0].exists())
    windows.run(home / "uninstall.exe", "/S")
    check("uninstalls silently", waited(lambda: not home.exists()), str(list(home.rglob("*"))))
    time.sleep(2) # its copy in Temp ends
    left = sorted(path for path in windows.files() - files if not PASSING.search(path))
    check("and leaves the user's domains as they were", len(own) == 1 and own[0].exists())
    kept = {path for path in left if re.search(r"/AppData/Roaming/sealwright(/|$)", path)}
    check("leaves no file but the user's own", not [path for path in left if path not in kept],
          "\n".join(path for path in left if path not in kept))
    new = windows.registered() - registered
    secrets = [key for key in new if "Credential Manager" in key]
    others = sorted(key for key in new if key not in secrets and not PASSING.search(key))
    check("leaves no key in the registry", not others, "\n".join(others))
    check("and touches no key in the credential store", any("_domainkey" in key for key in secrets))


if __name__ == "__main__":
    main()
