"""How long until the wizard's window is shown, against an empty Qt window in the same run.

startup.py SEALWRIGHT EMPTYWINDOW        needs Xvfb and xdotool
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7


def shown_after(program, environment):
    """Seconds from the start of the program until its window is mapped."""
    began = time.perf_counter()
    process = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() < began + 20:
            windows = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                                     env=environment, capture_output=True, text=True).stdout.split()
            if windows:
                return time.perf_counter() - began
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
            ours, floor = (statistics.median(seen) for seen in times.values())
            print(f"window shown after {ours * 1000:.0f} ms; an empty Qt window after {floor * 1000:.0f} ms; "
                  f"ratio {ours / floor:.2f}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
