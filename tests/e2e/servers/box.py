"""A server of its own: a Debian root that nobody else writes to, its own network, host name and processes."""

import hashlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import threading

ADDRESS = "198.51.100.10"
HOST = "mail.example.test"
# What changes by itself while a mail server runs.
RESTLESS = ("var/log", "var/mail", "var/spool/exim4", "var/lib/postfix", "var/spool/postfix/pid", "var/cache", "etc/resolv.conf")


class Box:
    """`layer`: the root it is made from; `place`: an empty folder; `number`: one per box, for its network."""

    def __init__(self, layer, place, number):
        self.root = os.path.join(place, "root")
        self.address = ADDRESS
        self.link = f"box{number}"
        self._mount(layer, place)
        self._holder = subprocess.Popen(["unshare", "--net", "--uts", "sh", "-c", f"hostname {HOST}; echo; exec sleep infinity"],
                                        stdout=subprocess.PIPE)
        self._holder.stdout.readline()
        self._connect()
        self.write("/etc/hosts", f"127.0.0.1 localhost\n{ADDRESS} {HOST} mail\n")
        self.write("/etc/mailname", "example.test\n")
        self.log = []
        self._listen_to_syslog()

    def _mount(self, layer, place):
        os.makedirs(self.root)
        upper, work = os.path.join(place, "upper"), os.path.join(place, "work")
        os.makedirs(upper)
        os.makedirs(work)
        options = f"lowerdir={layer},upperdir={upper},workdir={work}"
        if subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.root], check=False).returncode != 0:
            subprocess.run(["cp", "-a", f"{layer}/.", self.root], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", self.root + "/proc"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.root + "/dev"], check=True)
        for name, minor in (("null", 3), ("zero", 5), ("random", 8), ("urandom", 9)):
            os.mknod(f"{self.root}/dev/{name}", 0o666 | stat.S_IFCHR, os.makedev(1, minor))
            os.chmod(f"{self.root}/dev/{name}", 0o666)

    def _connect(self):
        here = ["ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", str(self._holder.pid)]
        subprocess.run(here, check=True)
        subprocess.run(["ip", "link", "set", self.link, "master", "world", "up"], check=True)
        for command in ("link set lo up", f"addr add {ADDRESS}/24 dev eth0", "link set eth0 up"):
            self._outside(["ip", *command.split()], check=True)

    def _listen_to_syslog(self):
        log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        folder = os.open(self.root + "/dev", os.O_RDONLY)
        log.bind(f"/proc/self/fd/{folder}/log")  # A socket's path may have 107 octets.
        os.close(folder)
        os.chmod(self.root + "/dev/log", 0o666)

        def listen():
            while True:
                self.log.append(log.recv(8192).decode("utf-8", "replace"))

        threading.Thread(target=listen, daemon=True).start()

    def _outside(self, command, **options):
        """Runs a program of this machine in the network of the box."""
        enter = ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", f"--uts=/proc/{self._holder.pid}/ns/uts"]
        return subprocess.run(enter + command, **options)

    def outside(self, command, **options):
        return self._outside(command, check=True, **options)

    def run(self, *command, check=True, data=None):
        """Runs a program of the box in it; its output, both streams in one."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root"}
        result = self._outside(["chroot", self.root, *command], check=False, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, input=data, env=environment, timeout=120)
        output = result.stdout.decode("utf-8", "replace")
        if check and result.returncode != 0:
            raise AssertionError(f"{' '.join(command)}: {result.returncode}\n{output}\n" + "\n".join(self.log[-20:]))
        return Output(output, result.returncode)

    def install(self, *arguments, check=True):
        return self.run("sh", "/root/bundle/install.sh", *arguments, check=check)

    def give_bundle(self, bundle):
        shutil.rmtree(self.root + "/root/bundle", ignore_errors=True)
        shutil.copytree(bundle, self.root + "/root/bundle")

    def wait_for_port(self, port):
        """Until somebody listens there; fails after 20 seconds."""
        listening = f"grep -qE ':{port:04X} [0-9A-F]+:0000 0A ' /proc/self/net/tcp /proc/self/net/tcp6"
        self.outside(["sh", "-c", f"for i in $(seq 400); do {listening} && exit 0; sleep 0.05; done; exit 1"])

    def shrink(self, path, kilobytes):
        """Puts what is at `path` on a disk of its own, on which only so much is free."""
        full = self.root + path
        with tempfile.TemporaryDirectory() as copy:
            subprocess.run(["cp", "-a", full + "/.", copy], check=True)
            used = sum(-(-os.lstat(os.path.join(folder, name)).st_size // 4096) + 1
                       for folder, folders, files in os.walk(copy) for name in folders + files)
            options = f"mode=0755,size={used * 4 + kilobytes}k"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", full], check=True)
            subprocess.run(["cp", "-a", copy + "/.", full], check=True)
            # What the estimate left over is filled, but for what is to be free.
            status = os.statvfs(full)
            with open(full + "/ballast", "wb") as ballast:
                ballast.write(bytes(max(0, status.f_bavail * status.f_frsize - kilobytes * 1024)))

    def read(self, path):
        with open(self.root + path, encoding="utf-8") as file:
            return file.read()

    def write(self, path, text, mode=0o644):
        os.makedirs(os.path.dirname(self.root + path), exist_ok=True)
        with open(self.root + path, "w", encoding="utf-8") as file:
            file.write(text)
            os.fchmod(file.fileno(), mode)

    def exists(self, path):
        return os.path.lexists(self.root + path)

    def snapshot(self):
        """Every file of the configuration: its kind, mode, owner and content."""
        seen = {}
        for top in ("etc", "var"):
            for folder, folders, files in os.walk(os.path.join(self.root, top)):
                relative = os.path.relpath(folder, self.root)
                folders[:] = [name for name in folders if f"{relative}/{name}" not in RESTLESS]
                for name in folders + files:
                    path = f"{relative}/{name}"
                    if path not in RESTLESS:
                        seen[path] = self._describe(os.path.join(folder, name))
        return seen

    @staticmethod
    def _describe(path):
        status = os.lstat(path)
        content = ""
        if stat.S_ISREG(status.st_mode):
            with open(path, "rb") as file:
                content = hashlib.sha256(file.read()).hexdigest()
        elif stat.S_ISLNK(status.st_mode):
            content = os.readlink(path)
        return oct(status.st_mode), status.st_uid, status.st_gid, content

    def close(self):
        """Ends every process of the box and takes it from the network."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/root") == self.root:
                    os.kill(int(pid), 9)
            except OSError:
                continue
        self._holder.kill()
        self._holder.wait()
        subprocess.run(["ip", "link", "del", self.link], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["umount", "--recursive", "--lazy", self.root], check=False, stderr=subprocess.DEVNULL)


class Output(str):
    """What a program printed, and its exit status."""

    def __new__(cls, text, status):
        output = super().__new__(cls, text)
        output.status = status
        return output
