#!/usr/bin/python3
"""What bash, zsh and fish offer after a command line that was begun, asked of the shells themselves.

completion.py CLI PAGES: the program, for the domains that are set up, and the folder with bash/, zsh/ and fish/.
"""
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

# What is typed, what has to be offered, and what must not be. There are a mail.eml, a folder dir, and folders that are
# called like a command and like a domain that is set up.
CASES = [
    ("", ["setup", "key", "message"], ["--stack", "verify", "setup/"]),
    ("set", ["setup"], ["setup/"]),
    ("key ", ["generate", "import", "list", "export"], ["setup", "verify"]),
    ("key --data-dir dir gen", ["generate"], ["setup"]),
    ("message ver", ["verify"], ["setup"]),
    ("--data-dir key se", ["setup"], ["generate"]),
    ("setup --stack ", ["exim4-debian", "exim", "postfix-opendkim", "postfix-rspamd"], ["setup", "example.org"]),
    ("setup --stack=ex", ["--stack=exim4-debian", "--stack=exim"], ["--stack=example.org/", "--stack=postfix-rspamd"]),
    ("setup --st", ["--stack"], ["--server"]),
    ("records --format ns", ["nsupdate"], ["zone"]),
    ("records ex", ["example.org"], ["example.org/", "setup"]),
    ("records --js", ["--json"], []),
    ("check --only spf,dk", ["spf,dkim"], ["dmarc", "spf,dmarc"]),
    ("message verify ma", ["mail.eml"], ["message"]),
    ("key import --folder di", ["dir/"], ["mail.eml"]),
    ("--resolver ", [], ["setup", "mail.eml"]),
]


class Terminal:
    """A shell that believes a person sits before it: what it offers it writes into a file."""

    def __init__(self, command, start, environment, folder):
        self.answers = pathlib.Path(folder).parent / "answers"
        self.answers.unlink(missing_ok=True)
        file = pathlib.Path(folder).parent / "start"
        file.write_text(start.replace("ANSWERS", str(self.answers)))
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment | {"TERM": "dumb"})
        self.type(f" source {file}\n")
        self.wait_for("ready")

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def wait_for(self, word):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([self.terminal], [], [], 0.05)[0]:
                os.read(self.terminal, 65536)
            text = self.answers.read_text() if self.answers.exists() else ""
            if re.search(rf"^{word}$", text, re.M):
                return text
        raise TimeoutError(f"the shell did not say {word}")

    def close(self):
        os.kill(self.child, 9)
        os.close(self.terminal)
        os.waitpid(self.child, 0)


# Tab completes what is the only one, with its slash or blank; Alt+* puts all that is offered on the line. Ctrl+A goes to its
# beginning, where the command is made another one that shows the line.
BASH = """
PS1= ; bind 'set show-all-if-ambiguous on'
source /usr/share/bash-completion/bash_completion
source PAGES/bash/sealwright-cli
shown() { printf '%s\\n' "$@" >>ANSWERS; echo end >>ANSWERS; }
echo ready >>ANSWERS
"""


def bash(pages, line, wanted, environment, folder):
    shell = Terminal(["bash", "--norc", "-i"], BASH.replace("PAGES", str(pages)), environment, folder)
    try:
        key = "\t" if len(wanted) == 1 else "\x1b*"
        shell.type(f"sealwright-cli {line}{key}\x01shown \n")
        words = shell.wait_for("end").splitlines()[1:-1]
    finally:
        shell.close()
    offered = words[len(line.split(" ")):]
    cut = line.split(" ")[-1].rpartition("=")[:2]  # bash begins a word behind "="
    return offered[:1] + ["".join(cut) + word for word in offered[1:]]


def fish(pages, line, wanted, environment, folder):
    script = f"source {pages}/fish/sealwright-cli.fish; complete -C 'sealwright-cli {line}'"
    return run(["fish", "--no-config", "-c", script], environment, folder)


def run(command, environment, folder):
    done = subprocess.run(command, env=environment, cwd=folder, text=True, capture_output=True, timeout=60, check=True)
    if done.stderr:
        raise RuntimeError(done.stderr)
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


ZSH = """
PROMPT= ; setopt no_beep; unsetopt always_last_prompt; fpath=(PAGES/zsh $fpath)
autoload -U compinit; compinit -u -D
zstyle ':completion:*' list-prompt ''; zstyle ':completion:*:default' list-colors ''
comppostfuncs=(report)
zmodload zsh/complist; LISTMAX=10000
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
    local -a found; builtin compadd -A found "$@"
    for each in $found; do print -r -- "offered:$IPREFIX$each" >>ANSWERS; done
    builtin compadd "$@"
}
report() { print -r -- end >>ANSWERS }
print -r -- ready >>ANSWERS
"""


def zsh(pages, line, wanted, environment, folder):
    shell = Terminal(["zsh", "-f", "-i"], ZSH.replace("PAGES", str(pages)), environment, folder)
    try:
        shell.type(f"sealwright-cli {line}\t")
        text = shell.wait_for("end")
    finally:
        shell.close()
    return re.findall(r"^offered:(.*)$", text, re.M)


def main():
    cli, pages = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    failures = []
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "folder"
        for name in ("dir", "setup", "example.org"):
            (folder / name).mkdir(parents=True)
        (folder / "mail.eml").write_text("")
        (pathlib.Path(home) / "bin").mkdir()
        (pathlib.Path(home) / "bin/sealwright-cli").symlink_to(cli)
        environment = {"HOME": home, "PATH": f"{home}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        subprocess.run([cli, "--offline", "domain", "add", "example.org", "--mail-host", "mail.example.org"],
                       env=environment, stdout=subprocess.DEVNULL, check=True)
        for shell in (bash, zsh, fish):
            for line, wanted, unwanted in CASES:
                offered = shell(pages, line, wanted, environment, folder)
                missing = [word for word in wanted if word not in offered and word.rstrip("/") not in offered]
                wrong = [word for word in unwanted if word in offered]
                if missing or wrong:
                    failures.append(f"{shell.__name__}: {line!r}: missing {missing}, wrong {wrong}, offered {offered}")
    print("\n".join(failures) or f"{len(CASES)} command lines in 3 shells")
    sys.exit(1 if failures else 0)


main()
