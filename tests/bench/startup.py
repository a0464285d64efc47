"""How long until the wizard's window is shown, and what that costs, against an empty Qt window in the same run.

startup.py SEALWRIGHT [EMPTYWINDOW]        needs Xvfb and xdotool
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7


def cpu_seconds(pid):
    """Of all its threads, in user and system mode: fields 14 and 15 of proc(5)'s stat."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shown_after(program, environment):
    """Seconds from the start of the program until its window is mapped, by the clock and of CPU."""
    began = time.perf_counter()
    process = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() < began + 20:
            windows = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                                     env=environment, capture_output=True, text=True).stdout.split()
            if windows:
                return time.perf_counter() - began, cpu_seconds(process.pid)
            if process.poll() is not None:
                sys.exit(f"{program} ended with {process.returncode} before it showed a window")
        sys.exit(f"{program} showed no window")
    finally:
        process.kill()
        process.wait()


def main():
    with tempfile.TemporaryDirectory() as home:
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp",
                                   "-noreset"],
                                  pass_fds=[write], stderr=subprocess.DEVNULL)
        try:
            os.close(write)
            display = ":" + os.read(read, 16).decode().strip()
            environment = {"PATH": os.environ["PATH"], "HOME": home, "XDG_RUNTIME_DIR": home, "DISPLAY": display,
                           "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
            times = {program: [] for program in sys.argv[1:3]}
            for _ in range(ROUNDS):
                for program, seen in times.items():
                    seen.append(shown_after(program, environment))
            for program, seen in times.items():
                wall, cpu = (statistics.median(each) * 1000 for each in zip(*seen))
                print(f"{os.path.basename(program)}: window shown after {wall:.0f} ms, {cpu:.0f} ms of CPU")
            if len(times) == 2:
                ours, floor = (statistics.median(wall for wall, _ in seen) for seen in times.values())
                print(f"ratio {ours / floor:.2f}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
