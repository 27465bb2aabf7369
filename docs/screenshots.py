"""The pictures of the documentation: runs the demo and photographs its report and its terminal.

`make screenshots` runs it, on Linux or macOS; it needs Chromium (or its path in the environment as CHROMIUM) and
playwright.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import shutil
import struct
import sys
import tempfile
import termios
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

IMAGES = Path(__file__).parent / "images"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 780}
COLUMNS = 112
NOW = "2026-11-21T08:00:00Z"  # the pictures change only when the product does
TERMINAL_STYLE = (
    "display: inline-block; margin: 0; padding: 20px; background: #15181b; color: #e9e6e0; font: 14px/1.4 monospace"
)


def main() -> int:
    """Write the pictures; returns the exit code."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.stderr.write("make screenshots needs Chromium: install it, or name it as CHROMIUM=/path/to/it\n")
        return 2
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        terminal = demo(Path(data))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        report = (Path(data) / "demo" / "report.html").as_uri()
        for name, size, scheme in (
            ("report", DESKTOP, "light"),
            ("report-dark", DESKTOP, "dark"),
            ("phone", PHONE, "light"),
        ):
            photograph(browser, report, name, size, scheme)
        page = browser.new_page(viewport={"width": 1600, "height": 100})
        page.set_content(f'<pre id="terminal" style="{TERMINAL_STYLE}">{coloured(terminal)}</pre>')
        page.locator("#terminal").screenshot(path=IMAGES / "terminal.png")
        browser.close()
    return 0


def demo(data: Path) -> str:
    """Run the demo with its files in `data`, in a terminal of its own; the screen it leaves, with its colours."""
    program = Path(sys.executable).with_name("reachlist")
    words = [str(program), "demo", "--data", str(data), "--now", NOW]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("NO_COLOR", None)
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "44"}
        os.execv(words[0], words)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 44, COLUMNS, 0, 0))
    printed = b"".join(iter(lambda: _read(terminal), b""))
    os.waitpid(child, 0)
    if not (data / "demo" / "report.html").exists():
        raise SystemExit(f"the demo failed:\n{printed.decode()}")
    return "$ reachlist demo\n" + screen(printed.decode()).replace(f"file://{data}/", "file:///…/data/").replace(
        f"{data}/", "data/"
    )


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def screen(printed: str) -> str:
    """What stands on the screen in the end: bars that were drawn and erased are gone, colours stay."""
    lines = [""]
    for part in re.split(r"(\x1b\[[0-9;?]*[A-Za-z]|\r|\n)", printed):
        if part == "\n":
            lines.append("")
        elif part == "\x1b[2K":
            lines[-1] = ""
        elif part == "\x1b[1A":
            del lines[-1]
        elif part != "\r" and not re.fullmatch(r"\x1b\[[0-9;?]*[^m]", part):
            lines[-1] += part
    return "\n".join(lines)


def coloured(text: str) -> str:
    """Text with a terminal's colours as HTML."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=True)
    return console.export_html(inline_styles=True, theme=DIMMED_MONOKAI, code_format="{code}")


def photograph(browser: Any, address: str, name: str, size: dict[str, int], scheme: str) -> None:
    """The list with its best row open; of the plain one the charts, too."""
    page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
    page.goto(address)
    page.locator(".open").first.click()
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / f"{name}.png")
    if name == "report":
        page.locator("[data-view=charts]").click()
        page.screenshot(path=IMAGES / "charts.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
