#!/usr/bin/python3
"""Runs a program with a desktop session's keyring in a chosen state, and nothing of the real session.

  keyringsession.py MODE PROGRAM [ARGUMENT...]

MODE  unlocked  a login keyring, open
      locked    a login keyring that was not opened; it holds the item (server SealwrightTest, user
                locked._domainkey.example.org) with an RSA key in it, and nobody can be asked for the password
      new       no keyring yet, and nobody can be asked for a password for a new one
      none      a session bus without a Secret Service
      nobus     no session bus at all

Exit status: the program's; 77 where gnome-keyring, dbus or secret-tool is missing. What it starts, it ends.
SEALWRIGHT_KEYRING tells the program the mode. Its HOME is a folder that is removed afterwards.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
MODES = ("unlocked", "locked", "new", "none", "nobus")
PASSWORD = b"pw"


class Session:
    def __init__(self, folder):
        self.folder = folder
        self.started = []
        self.environment = {key: value for key, value in os.environ.items()
                            if key in ("PATH", "LANG", "TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")}
        self.environment.update(HOME=folder, XDG_RUNTIME_DIR=folder, XDG_DATA_HOME=folder + "/data",
                                XDG_CONFIG_HOME=folder + "/config", XDG_CACHE_HOME=folder + "/cache",
                                DBUS_SESSION_BUS_ADDRESS=f"unix:path={folder}/bus")

    def start(self, *command, stdin=None):
        process = subprocess.Popen(command, env=self.environment, stdin=stdin, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.started.append(process)
        return process

    def start_bus(self):
        config = self.folder + "/bus.conf"
        with open(config, "w", encoding="utf-8") as file:
            file.write(BUS.format(folder=self.folder))
        self.start("dbus-daemon", "--config-file=" + config, "--nofork", "--nopidfile")
        wait_for("the session bus", lambda: os.path.exists(self.folder + "/bus"))

    def has_keyring(self):
        answer = subprocess.run(["dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/",
                                 "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
                                env=self.environment, capture_output=True, text=True, check=False)
        return "true" in answer.stdout

    def start_keyring(self, password):
        keyring = self.start("gnome-keyring-daemon", "--foreground", "--components=secrets",
                             *(["--unlock"] if password else []), stdin=subprocess.PIPE)
        keyring.stdin.write(password)       # as it stands: a newline would be a part of it
        keyring.stdin.close()
        wait_for("the keyring", self.has_keyring)
        return keyring

    def store_a_key(self):
        key = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                             capture_output=True, check=True).stdout
        subprocess.run(["secret-tool", "store", "--label=test", "xdg:schema", "org.qt.keychain", "server",
                        "SealwrightTest", "user", "locked._domainkey.example.org", "type", "plaintext"],
                       env=self.environment, input=key, check=True)

    def prepare(self, mode):
        if mode == "nobus":
            return
        self.start_bus()
        if mode in ("unlocked", "locked"):
            keyring = self.start_keyring(PASSWORD)
        if mode == "locked":
            self.store_a_key()
            end(keyring)
            wait_for("the keyring's end", lambda: not self.has_keyring())
        if mode in ("locked", "new"):
            self.start_keyring(b"")


def wait_for(what, arrived):
    limit = time.monotonic() + 20
    while not arrived():
        if time.monotonic() > limit:
            raise RuntimeError(what + " did not come")
        time.sleep(0.01)


def end(process):
    for number in (signal.SIGTERM, signal.SIGCONT):     # a test may have stopped it
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            pass
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in MODES:
        sys.exit(__doc__)
    mode, program = sys.argv[1], sys.argv[2:]
    missing = [tool for tool in ("dbus-daemon", "dbus-send", "gnome-keyring-daemon", "secret-tool", "openssl")
               if not shutil.which(tool)]
    if missing:
        print("SKIPPED: not installed: " + " ".join(missing))
        sys.exit(77)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = tempfile.mkdtemp(prefix="keyring-")
    session = Session(folder)
    try:
        session.prepare(mode)
        status = subprocess.run(program, env=dict(session.environment, SEALWRIGHT_KEYRING=mode), check=False).returncode
    finally:
        for process in reversed(session.started):
            end(process)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status if status >= 0 else 128 - status)


main()
