"""A throw-away desktop: an X server, a window manager, a session bus with accessibility, and a keyring or none.

    with Desktop(size="1280x800", keyring=True) as desktop: ...

Everything runs below a temporary HOME, and all processes are ended with it, also those that forked away.
"""
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time

PROGRAMS = ("Xvfb", "setxkbmap", "openbox", "xdotool", "import", "xprop", "xsel", "dbus-daemon", "gdbus",
            "gnome-keyring-daemon", "secret-tool")
AT_SPI_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><servicedir>{folder}/services</servicedir>
<auth>EXTERNAL</auth><policy context="default"><allow user="root"/><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
SUBREAPER = 36  # prctl's PR_SET_CHILD_SUBREAPER: orphans of ours come to us, so that we can end them


def missing():
    """What has to be installed for these tests; an empty list: nothing."""
    lacking = [p for p in PROGRAMS if not shutil.which(p)]
    if not os.path.exists(AT_SPI_LAUNCHER):
        lacking.append("at-spi2-core")
    try:
        import gi
        gi.require_version("Atspi", "2.0")
        import dns.message  # noqa: F401
    except (ImportError, ValueError) as why:
        lacking.append(str(why))
    return lacking


def until(what, test, seconds=15):
    """The first true value of test(), which is tried again and again."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        value = test()
        if value:
            return value
        time.sleep(0.03)
    raise TimeoutError(f"{what}: not within {seconds} s")


class Desktop:
    def __init__(self, size="1280x800", keyring=True, password="open sesame", number=None, user=None):
        """number: of the X server's display; by itself it takes a free one. user: a uid; by itself ours."""
        self.size = tuple(int(n) for n in size.split("x"))
        self.keyring, self.password = keyring, password
        self.number = [f":{number}"] if number else []
        self.folder = tempfile.mkdtemp(prefix="sealwright-desktop-")
        self.identity = {"user": user, "group": user, "extra_groups": []} if user else {}
        self.home = os.path.join(self.folder, "home")
        self.environment = {k: os.environ[k] for k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if k in os.environ}

    def __enter__(self):
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, lambda *_: exit(130))
        os.makedirs(os.path.join(self.folder, "services"))
        os.mkdir(self.home)
        if self.identity:
            for folder in (self.folder, self.home):
                os.chown(folder, self.identity["user"], self.identity["group"])
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.environment.update(
            HOME=self.home, XDG_RUNTIME_DIR=self.folder, LANG="C.UTF-8", XDG_SESSION_TYPE="x11",
            XDG_CONFIG_HOME=f"{self.home}/.config", XDG_DATA_HOME=f"{self.home}/.local/share",
            XDG_CACHE_HOME=f"{self.home}/.cache", DBUS_SESSION_BUS_ADDRESS=f"unix:path={self.folder}/bus")
        try:
            self.start_screen()
            self.start_bus()
            if self.keyring:
                self.start_keyring()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        os.environ.update(self.environment)  # the accessibility client is this process
        return self

    def __exit__(self, *_):
        self.end_children()
        if os.environ.get("SEALWRIGHT_DEBUG"):
            print(open(self.log.name).read())
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command, **options):
        return subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log, **self.identity, **options)

    def start_screen(self):
        reader, writer = os.pipe()
        self.run("Xvfb", *self.number, "-displayfd", str(writer), "-screen", "0", "{}x{}x24".format(*self.size), "-nolisten", "tcp",
                 "-noreset", pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment["DISPLAY"] = ":" + number
        # Letters that no key has are typed by a key map made for a moment, which a busy program misses: have a key for "ü".
        subprocess.run(["setxkbmap", "de"], env=self.environment, check=True)
        self.run("openbox", "--sm-disable")
        until("the window manager", lambda: b"window id" in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.environment, capture_output=True).stdout)

    def start_bus(self):
        shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", os.path.join(self.folder, "services"))
        with open(os.path.join(self.folder, "bus.conf"), "w") as conf:
            conf.write(BUS.format(folder=self.folder))
        self.run("dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile")
        until("the session bus", lambda: os.path.exists(f"{self.folder}/bus"))
        self.run(AT_SPI_LAUNCHER, "--launch-immediately")
        until("accessibility", lambda: self.is_owned("org.a11y.Bus"))

    def start_keyring(self):
        daemon = self.run("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", stdin=subprocess.PIPE)
        daemon.stdin.write(self.password.encode())  # without a newline, which would count
        daemon.stdin.close()
        until("the keyring", lambda: self.is_owned("org.freedesktop.secrets"))

    def is_owned(self, name):
        asked = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                "org.freedesktop.DBus.NameHasOwner", name], env=self.environment, capture_output=True)
        return b"true" in asked.stdout

    def secret(self, **attributes):
        """What the keyring holds under these attributes, or ""."""
        words = [word for pair in attributes.items() for word in pair]
        return subprocess.run(["secret-tool", "lookup", *words], env=self.environment, capture_output=True, text=True).stdout

    @staticmethod
    def end_children():
        def below(parent):
            for entry in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{entry}/stat") as stat:
                        if int(stat.read().rpartition(")")[2].split()[1]) == parent:
                            yield int(entry)
                            yield from below(int(entry))
                except OSError:
                    continue

        for name, patience in ((signal.SIGTERM, 2), (signal.SIGKILL, 3)):
            limit = time.monotonic() + patience
            while time.monotonic() < limit:
                try:
                    while os.waitpid(-1, os.WNOHANG)[0]:
                        pass
                except ChildProcessError:
                    return
                for pid in list(below(os.getpid())):
                    try:
                        os.kill(pid, name)
                    except ProcessLookupError:
                        pass
                time.sleep(0.05)
