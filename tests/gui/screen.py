"""Sees a program as a screen reader does, by AT-SPI, and acts on it as a person does, with mouse and keys.

Import it inside a Desktop. Roles are AT-SPI's: "push button", "text", "combo box", "table" ...; a name is a string, or
the beginning of one with "..." at its end. What can't be seen or is disabled can't be used, as for a person.
"""
import json
import os
import re
import subprocess
import time
import warnings

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from desktop import until  # noqa: E402

warnings.simplefilter("ignore")
Atspi.set_timeout(5000, 10000)
CONTROLS = {"push button", "check box", "radio button", "text", "password text", "combo box", "table", "list", "list box",
            "tree", "spin button", "slider", "link", "page tab list", "toggle button"}


def tool(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=30).stdout.strip()


class Program:
    """The program under test, and its windows."""

    def __init__(self, desktop, out, command, **environment):
        self.desktop, self.out = desktop, out
        self.log = open(os.path.join(out, "program.log"), "a")
        self.process = subprocess.Popen(
            command, env={**desktop.environment, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **environment},
            cwd=desktop.home, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.scale = float(environment.get("QT_SCALE_FACTOR", 1))
        until("a window", lambda: self.windows() or self.process.poll() is not None, 20)
        assert self.process.poll() is None, f"the program ended with {self.process.returncode} at its start"
        time.sleep(0.4)

    # ---- looking
    def windows(self):
        root = Atspi.get_desktop(0)
        root.clear_cache()
        for application in children(root):
            if application.get_process_id() == self.process.pid:
                application.set_cache_mask(Atspi.Cache.NONE)  # nobody here hears of changes: ask each time
                return [w for w in children(application) if has(w, Atspi.StateType.SHOWING)]
        return []

    def nodes(self, root=None):
        todo = [root] if root else self.windows()[::-1]
        while todo:
            node = todo.pop()
            if has(node, Atspi.StateType.SHOWING):
                yield node
                todo += children(node)[::-1]

    def all(self, role, name=None):
        return [n for n in self.nodes() if n.get_role_name() == role and fits(label(n), name)]

    def find(self, role, name=None, seconds=10):
        try:
            return until(f"{role} “{name}”", lambda: self.all(role, name), seconds)[-1]
        except TimeoutError:
            self.failed()
            raise

    def says(self, part, seconds=20):
        """Waits until some text on the screen holds `part`, and returns that text."""
        def look():
            return next((t for t in map(text, self.nodes()) if part in t), None)
        try:
            return until(f"the text “{part}”", look, seconds)
        except TimeoutError:
            self.failed()
            raise

    def is_usable(self, role, name=None):
        found = self.all(role, name)
        return bool(found) and has(found[-1], Atspi.StateType.SENSITIVE)

    def box(self, node):
        e = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
        return [round(v * self.scale) for v in (e.x, e.y, e.width, e.height)]

    def focused(self):
        found = [n for n in self.nodes() if has(n, Atspi.StateType.FOCUSED)]
        controls = [c for c in map(control_of, found) if has(c, Atspi.StateType.FOCUSED)]
        return controls[-1] if controls else None

    def table(self, name):
        """Rows of cell texts."""
        node = self.find("table", name)
        rows, columns = Atspi.Table.get_n_rows(node), Atspi.Table.get_n_columns(node)
        return [[Atspi.Table.get_accessible_at(node, r, c).get_name() for c in range(columns)] for r in range(rows)]

    # ---- acting
    def keys(self, *chords):
        tool("xdotool", "key", "--clearmodifiers", "--delay", "30", *chords)
        time.sleep(0.15)

    def click(self, role, name=None):
        node = self.find(role, name)
        until(f"{role} “{name}” usable", lambda: has(node, Atspi.StateType.SENSITIVE), 10)
        self.scroll_to(node)
        x, y, width, height = self.box(node)
        mark = 10 if role in ("check box", "radio button") else width // 2
        x, y = x + min(mark, width // 2), y + height // 2
        assert 0 <= x < self.desktop.size[0] and 0 <= y < self.desktop.size[1], f"{role} “{name}” is off the screen"
        tool("xdotool", "mousemove", str(x), str(y), "click", "1")
        time.sleep(0.15)
        return node

    def write(self, role, name, content):
        """Replaces the content of a field by typing."""
        self.click(role, name)
        self.keys("ctrl+a", "Delete")
        tool("xdotool", "type", "--delay", "12", "--", content)
        time.sleep(0.15)

    def choose(self, name, item):
        """An item of the combo box with that label."""
        self.click("combo box", name)
        self.click("list item", item)

    def view_of(self, node):
        """The scrolled area that cuts the node off, or None."""
        x, y, width, height = self.box(node)
        up = node.get_parent()
        while up and "Component" in up.get_interfaces() and up.get_role_name() not in ("dialog", "alert", "application"):
            left, top, across, down = self.box(up)
            if across and down and (y < top or y + height > top + down or x < left or x + width > left + across):
                return up
            up = up.get_parent()
        return None

    def scroll_to(self, node):
        for _ in range(60):
            view = self.view_of(node)
            if not view:
                return
            x, y, width, height = self.box(view)
            wheel = "4" if self.box(node)[1] < y else "5"
            tool("xdotool", "mousemove", str(x + width - 5), str(y + height // 2), "click", wheel)
            time.sleep(0.04)

    def picture(self, name, window=True):
        """A picture of the window (or of the whole screen) as OUT/name."""
        path = os.path.join(self.out, name)
        tool("xdotool", "mousemove", str(self.desktop.size[0] - 1), str(self.desktop.size[1] - 1))
        time.sleep(0.3)
        active = tool("xdotool", "getactivewindow") if window else ""
        tool("import", "-silent", "-window", active or "root", path)
        return path

    def clipboard(self):
        return tool("xsel", "-b", "-o")

    def put_on_clipboard(self, content):
        subprocess.run(["xsel", "-b", "-i"], input=content, text=True, check=True, timeout=10,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until("the clipboard", lambda: self.clipboard().strip() == content.strip())  # xsel ends before it has it

    def close(self, seconds=10):
        """Waits for its end; the exit status."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.failed()
            self.process.kill()
            raise

    def failed(self):
        if self.process.poll() is None:
            self.picture("failed.png", window=False)
            with open(os.path.join(self.out, "failed.json"), "w") as dump:
                json.dump([[n.get_role_name(), label(n), text(n)[:200]] for n in self.nodes()], dump, indent=0)

    # ---- judging
    def audit(self):
        """Accessibility faults of the window on top, each as a sentence. Presses Tab all the way round."""
        window = self.windows()[-1]
        nodes = list(self.nodes(window))
        controls = [n for n in nodes if is_control(n)]
        faults = []

        def fault(node, what):
            faults.append(f"{node.get_role_name()} “{label(node) or text(node)[:40]}”: {what}")

        if not window.get_name():
            fault(window, "a window without a title")
        seen, chords = set(), {}
        for node in nodes:
            if node.get_role_name() in ("image", "icon") and not node.get_name() and not node.get_description():
                fault(node, "a picture without a name")
        for node in controls:
            name = label(node)
            if not re.search(r"\w", name):
                fault(node, "no accessible name")
            elif has(node, Atspi.StateType.SENSITIVE) and (node.get_role_name(), name) in seen:
                fault(node, "another has the same role and name")
            seen.add((node.get_role_name(), name))
            if not self.is_within_screen(node) and not (self.view_of(node) and self.is_within_screen(self.view_of(node))):
                fault(node, "off the screen")
            if node.get_role_name() == "table":
                for column in range(Atspi.Table.get_n_columns(node)):
                    if not Atspi.Table.get_column_description(node, column):
                        fault(node, f"column {column} has no header")
        for node in nodes:
            if "Action" in node.get_interfaces() and Atspi.Action.get_n_actions(node):
                chord = Atspi.Action.get_key_binding(node, 0).lower()
                if chord.startswith("alt+"):
                    twin = node.get_role_name() == "page tab" and chords.get(chord) == node.get_name()  # Qt shows tabs twice
                    if chord in chords and not twin:
                        fault(node, f"{chord} is also “{chords[chord]}”")
                    chords[chord] = label(node)
        reached, unseen = self.tab_round()
        faults += [f"{r} “{n}”: the focus cannot be seen on it" for r, n in unseen]
        for node in controls:
            role = node.get_role_name()
            if has(node, Atspi.StateType.SENSITIVE) and role != "radio button" and (role, label(node)) not in reached:
                fault(node, "not reached by Tab")
        return faults

    def is_within_screen(self, node):
        x, y, width, height = self.box(node)
        return width > 0 and height > 0 and x >= 0 and y >= 0 and x + width <= self.desktop.size[0] and \
            y + height <= self.desktop.size[1]

    def look_of(self, node):
        x, y, width, height = self.box(node)
        return subprocess.run(["import", "-silent", "-window", "root", "-crop",
                               f"{width + 8}x{height + 8}+{max(x - 4, 0)}+{max(y - 4, 0)}", "rgb:-"], capture_output=True).stdout

    def tab_round(self, limit=80):
        """What Tab reaches until it is back where it began, and what looks the same with and without the focus."""
        reached, unseen = [], []
        self.keys("Tab", "shift+Tab")  # Qt shows the focus once it has been moved by key
        for _ in range(limit):
            node = self.focused()
            if not node:
                self.keys("Tab")
                continue
            key = (node.get_role_name(), label(node))
            if reached and key == reached[0]:
                return reached, unseen
            assert key not in reached[-1:], f"Tab does not leave {key}"
            reached.append(key)
            with_focus, is_editable = self.look_of(node), has(node, Atspi.StateType.EDITABLE)
            self.keys("Tab")
            if not is_editable and with_focus == self.look_of(node):  # where one can type there is a caret
                unseen.append(key)
        raise AssertionError(f"Tab does not come round: {reached}")


def children(node):
    try:
        return [c for c in (node.get_child_at_index(i) for i in range(node.get_child_count())) if c]
    except GLib.Error:  # it went away meanwhile
        return []


def has(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def label(node):
    """The name a person knows it by. A combo box of Qt's is named by its value: its label counts."""
    name = "" if node.get_role_name() == "combo box" else (node.get_name() or "")
    if not name:
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY and relation.get_n_targets():
                return relation.get_target(0).get_name() or ""
    return name


def text(node):
    try:
        if "Text" in node.get_interfaces():
            return Atspi.Text.get_text(node, 0, -1)
        return node.get_name() or ""
    except GLib.Error:
        return ""


def fits(name, wanted):
    return wanted is None or (name.startswith(wanted[:-3]) if wanted.endswith("...") else name == wanted)


def is_control(node):
    parent = node.get_parent()
    return node.get_role_name() in CONTROLS and not (parent and parent.get_role_name() == "combo box")


def control_of(node):
    """The control that a focused cell or list item belongs to."""
    up = node
    while up and up.get_role_name() not in CONTROLS:
        up = up.get_parent()
    return up or node
