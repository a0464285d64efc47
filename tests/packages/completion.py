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

# What is typed, what has to be offered, and what must not be.
CASES = [
    ("", ["setup", "key", "message"], ["--stack", "verify"]),
    ("key ", ["generate", "import", "list", "export"], ["setup", "verify"]),
    ("message ver", ["verify"], ["setup"]),
    ("--data-dir key se", ["setup"], ["generate"]),
    ("setup --stack ", ["exim4-debian", "exim", "postfix-opendkim", "postfix-rspamd"], ["setup", "example.org"]),
    ("setup --st", ["--stack"], ["--server"]),
    ("records --format ns", ["nsupdate"], ["zone"]),
    ("records ", ["example.org"], ["setup"]),
    ("records --js", ["--json"], []),
    ("message verify ma", ["mail.eml"], ["message"]),
    ("key import --folder di", ["dir"], ["mail.eml"]),
    ("--resolver ", [], ["setup", "mail.eml"]),
]


def bash(pages, line, environment, folder):
    words = ["sealwright-cli"] + line.split(" ")
    script = f"""
        source {pages}/bash/sealwright-cli
        COMP_WORDS=({' '.join("'" + word + "'" for word in words)})
        COMP_CWORD={len(words) - 1}
        _sealwright_cli
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return run(["bash", "--norc", "-c", script], environment, folder)


def fish(pages, line, environment, folder):
    script = f"source {pages}/fish/sealwright-cli.fish; complete -C 'sealwright-cli {line}'"
    return run(["fish", "--no-config", "-c", script], environment, folder)


def run(command, environment, folder):
    done = subprocess.run(command, env=environment, cwd=folder, text=True, capture_output=True, timeout=60, check=True)
    if done.stderr:
        raise RuntimeError(done.stderr)
    return [line.split("\t")[0].rstrip("/") for line in done.stdout.splitlines()]


# zsh offers only to a person: it is given a terminal, and the Tab key.
ZSH = """
PROMPT= ; setopt no_beep; unsetopt always_last_prompt; fpath=({pages}/zsh $fpath)
autoload -U compinit; compinit -u -D
zstyle ':completion:*' list-prompt ''; zstyle ':completion:*:default' list-colors ''
comppostfuncs=(report)
zmodload zsh/complist; LISTMAX=10000
compadd() {{
    if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
    local -a found; builtin compadd -A found "$@"
    print -r -- "offered:${{(j: :)found}}" >>{answers}
    builtin compadd "$@"
}}
report() {{ print -r -- end >>{answers} }}
print -r -- ready >>{answers}
"""


def zsh(pages, line, environment, folder):
    answers = pathlib.Path(folder).parent / "zsh-answers"
    answers.unlink(missing_ok=True)
    start = pathlib.Path(folder).parent / "zsh-start"
    start.write_text(ZSH.format(pages=pages, answers=answers))
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment | {"TERM": "dumb"})
    try:
        os.write(terminal, f"source {start}\n".encode())
        wait_for(terminal, answers, "ready")
        os.write(terminal, f"sealwright-cli {line}\t".encode())
        text = wait_for(terminal, answers, "end")
    finally:
        os.kill(child, 9)
        os.close(terminal)
        os.waitpid(child, 0)
    return [word.rstrip("/") for match in re.findall(r"^offered:(.*)$", text, re.M) for word in match.split()]


def wait_for(terminal, answers, word):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.05)[0]:
            os.read(terminal, 65536)
        text = answers.read_text() if answers.exists() else ""
        if re.search(rf"^{word}$", text, re.M):
            return text
    raise TimeoutError(f"zsh did not say {word}")


def main():
    cli, pages = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    failures = []
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "folder"
        (folder / "dir").mkdir(parents=True)
        (folder / "mail.eml").write_text("")
        (pathlib.Path(home) / "bin").mkdir()
        (pathlib.Path(home) / "bin/sealwright-cli").symlink_to(cli)
        environment = {"HOME": home, "PATH": f"{home}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        subprocess.run([cli, "--offline", "domain", "add", "example.org", "--mail-host", "mail.example.org"],
                       env=environment, stdout=subprocess.DEVNULL, check=True)
        for shell in (bash, zsh, fish):
            for line, wanted, unwanted in CASES:
                offered = shell(pages, line, environment, folder)
                missing = [word for word in wanted if word not in offered]
                wrong = [word for word in unwanted if word in offered]
                if missing or wrong:
                    failures.append(f"{shell.__name__}: {line!r}: missing {missing}, wrong {wrong}, offered {offered}")
    print("\n".join(failures) or f"{len(CASES)} command lines in 3 shells")
    sys.exit(1 if failures else 0)


main()
