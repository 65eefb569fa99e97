#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's session with the real program on a real X server (Xvfb), driven by xdotool: open by
argument and by drop, analyse, drag the slider, pin by key, undo, export, verify, close during work.
Waits for states, never for seconds; a word on stderr fails it.

    session.py BITLOUPE HELPER MODEL
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SCREEN = (1720, 960)  # wider than the window: the source of the drop stands beside it
PATIENCE = 120  # seconds; only a session that hangs waits as long


def wait_for(what, condition, seconds=PATIENCE, pause=0.03):
    """The first true value of `condition`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(pause)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Display:
    """An X server of its own with its own home directory."""

    def __init__(self, home):
        receiver, sender = os.pipe()
        width, height = SCREEN
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(sender), "-screen", "0", f"{width}x{height}x24",
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[sender], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(sender)
        with os.fdopen(receiver) as number:
            self.name = ":" + number.readline().strip()
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH")
                if name in os.environ}
        self.environment = kept | {
            "DISPLAY": self.name, "HOME": str(home), "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb", "QT_STYLE_OVERRIDE": "Fusion",
            "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_RUNTIME_DIR": str(runtime)}

    def run(self, *words):
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    def window(self, title):
        """The visible window with this title, or None."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", title).split()
        return found[-1] if found else None

    def focus(self, window):
        self.run("xdotool", "windowfocus", "--sync", window)

    def key(self, *keys):
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def type_over(self, text):
        self.key("ctrl+a")
        self.run("xdotool", "type", "--delay", "5", text)

    def point(self, window, place):
        self.run("xdotool", "mousemove", "--window", window, *map(str, place))

    def mouse(self, what):
        self.run("xdotool", what, "1")


class Program:
    """One run of it."""

    def __init__(self, display, home, *words):
        self.display = display
        self.said = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(words, env=display.environment, cwd=home,
                                        stdout=subprocess.DEVNULL, stderr=self.said)

    def title(self):
        window = self.display.window("Bitloupe$")
        return self.display.run("xdotool", "getwindowname", window).strip() if window else ""

    def wait_for_title(self, pattern):
        wait_for(f"the title {pattern}", lambda: re.search(pattern, self.title()))
        window = self.display.window("Bitloupe$")
        self.display.focus(window)
        return window

    def worked(self):
        """Seconds of processor so far."""
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def quit(self):
        """Closes the window; how long a person saw it, and the program ran on."""
        self.display.focus(self.display.window("Bitloupe$"))
        start = time.monotonic()
        self.display.key("ctrl+q")
        wait_for("the window to go", lambda: not self.display.window("Bitloupe$"))
        seen = time.monotonic() - start
        code = self.process.wait(PATIENCE)
        assert code == 0, f"exit code {code}"
        self.said.seek(0)
        words = self.said.read()
        assert not words, f"on stderr: {words}"
        return seen, time.monotonic() - start


class Session:
    def __init__(self, display, home, program, helper, model):
        self.display, self.home = display, home
        self.program, self.helper, self.model = program, helper, model
        self.project = home / "session.bitloupe"
        self.step_began = time.monotonic()

    def did(self, what):
        now = time.monotonic()
        print(f"{what}: {now - self.step_began:.1f} s", flush=True)
        self.step_began = now

    def places(self):
        lines = self.display.run(self.helper, "places", self.model).splitlines()
        found = {line.split()[0]: tuple(map(int, line.split()[1:])) for line in lines}
        assert {"cell", "handle", "slider"} <= found.keys(), found
        return found

    def export_dialog(self):
        """Asked for until there is one: there is none before the scores are."""
        def ask():
            if not self.display.window("^Export$"):
                self.display.focus(self.display.window("Bitloupe$"))
                self.display.key("ctrl+e")
            return self.display.window("^Export$")

        window = wait_for("the export's dialog", ask, pause=0.2)
        self.display.focus(window)
        return window

    def close_dialog(self, title):
        def ask():
            if window := self.display.window(title):
                self.display.focus(window)
                self.display.key("Escape")
            return not window

        wait_for(f"{title} to close", ask, pause=0.2)

    def saved(self):
        """What the project file says, once the window has nothing left to save."""
        self.running.wait_for_title(r"\* — Bitloupe$")
        self.display.key("ctrl+s")
        self.running.wait_for_title(r"[^*] — Bitloupe$")
        return json.loads(self.project.read_text())

    def save_anew(self):
        self.display.key("ctrl+s")
        dialog = wait_for("the file dialog", lambda: self.display.window("Save the project"))
        self.display.focus(dialog)
        self.display.type_over(str(self.project))

        def accepted():
            if self.display.window("Save the project"):
                self.display.key("Return")  # the first may close a list of completions
            return self.project.exists()

        wait_for("the project", accepted, pause=0.5)
        return json.loads(self.project.read_text())

    def drag_slider(self, window, places):
        (x, y), (middle, _) = places["handle"], places["slider"]
        to = middle + (middle - x) // 2 if abs(middle - x) > 20 else x + 40
        self.display.point(window, (x, y))
        self.display.mouse("mousedown")
        for step in range(1, 11):
            self.display.point(window, (x + (to - x) * step // 10, y))
        self.display.mouse("mouseup")

    def open_and_edit(self, places):
        self.running = Program(self.display, self.home, self.program, self.model)
        self.running.wait_for_title(r"\w — Bitloupe$")
        self.export_dialog()
        self.close_dialog("^Export$")
        self.did("opened by argument and analysed")
        window = self.running.wait_for_title("Bitloupe$")
        first = self.save_anew()
        self.drag_slider(window, places)
        dragged = self.saved()
        assert dragged != first and not self.pins(dragged), dragged
        assert self.budget(dragged) != self.budget(first)
        self.did("slider dragged")
        self.display.point(window, places["cell"])
        self.display.mouse("click")
        self.display.key("8")
        pinned = self.saved()
        assert list(self.pins(pinned)) == ["model.layers.1.mlp.down_proj"], pinned
        assert "-8-" in self.pins(pinned)["model.layers.1.mlp.down_proj"], pinned
        assert self.budget(pinned) == self.budget(dragged)
        self.did("pinned by key")
        self.display.key("ctrl+z")
        undone = self.saved()
        assert not self.pins(undone) and self.budget(undone) == self.budget(dragged), undone
        self.did("undone")

    @staticmethod
    def budget(project):
        return project["plan"]["budget"]

    @staticmethod
    def pins(project):
        """Codecs of the decisions that are pinned by hand."""
        return {name: codec for rule in project["plan"]["rules"]
                for name, codec in rule.get("decisions", {}).items()}

    def folders(self):
        return {one.name for one in self.home.iterdir() if one.is_dir()}

    def export(self):
        before = self.folders()
        self.export_dialog()
        self.display.key("alt+e", "Up", "alt+x")  # `search` stands above `feedback`
        made = wait_for("the export", lambda: [
            name for name in self.folders() - before if not name.startswith(".")])
        assert len(made) == 1, made
        self.did("exported")
        verified = subprocess.run(
            [self.program, "verify", self.home / made[0], "--source", self.model, "--quiet"],
            env=self.display.environment, capture_output=True, text=True)
        assert verified.returncode == 0, verified.stderr
        self.did("verified")
        self.close_dialog("^Export$")

    def close_while_exporting(self):
        before = self.folders()
        self.export_dialog()
        self.display.key("alt+n")
        self.display.type_over("never")
        worked = self.running.worked()
        self.display.key("alt+x")  # with feedback: the model writes text first
        wait_for("work", lambda: self.running.worked() > worked + 1)
        seen, ran = self.running.quit()
        assert seen < 5, f"the window stood for {seen:.2f} s"
        assert self.folders() == before, self.folders()
        self.did(f"closed while exporting (window gone after {seen:.2f} s, ended after {ran:.2f})")

    def drop(self):
        shutil.rmtree(self.home / "cache")  # or there would be nothing to analyse
        self.running = Program(self.display, self.home, self.program)
        window = self.running.wait_for_title("^Bitloupe$")
        x, y = SCREEN[0] - 100, SCREEN[1] - 80
        source = subprocess.Popen([self.helper, "drag", self.model, str(x), str(y)],
                                  env=self.display.environment, stdout=subprocess.DEVNULL)
        try:
            wait_for("the source of the drag", lambda: self.display.window("Drag source"))
            wait_for("the drop", lambda: self.try_drop(window, (x + 40, y + 30)))
        finally:
            source.kill()
            source.wait()
        self.did("opened by drop")
        seen, ran = self.running.quit()
        self.did(f"closed while analysing (window gone after {seen:.2f} s, ended after {ran:.2f})")

    def try_drop(self, window, start):
        """One try: a drop before the window has answered is refused, as by a hurried hand."""
        self.display.run("xdotool", "mousemove", *map(str, start))
        self.display.mouse("mousedown")
        for step in range(8):
            self.display.point(window, (500 + step, 400))
            time.sleep(0.03)
        self.display.mouse("mouseup")
        end = time.monotonic() + 1
        while time.monotonic() < end:
            if re.search(r"\w — Bitloupe$", self.running.title()):
                return True
        return False


def main():
    program, helper, model = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="bitloupe-session-") as folder:
        home = pathlib.Path(folder).resolve()
        display = Display(home)
        session = Session(display, home, program, helper, model)
        try:
            places = session.places()
            session.did("places found")
            session.open_and_edit(places)
            session.export()
            session.close_while_exporting()
            session.drop()
        finally:
            if running := getattr(session, "running", None):
                running.process.kill()
                running.process.wait()
            display.server.terminate()
            display.server.wait()


if __name__ == "__main__":
    main()
