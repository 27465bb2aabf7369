"""The pictures of the documentation: runs the demo and photographs its report and its terminal.

`make screenshots` runs it; it needs Chromium (or its path in the environment as CHROMIUM) and playwright.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 780}
NOW = "2026-11-21T08:00:00Z"  # the pictures change only when the product does
TERMINAL_STYLE = (
    "display: inline-block; margin: 0; padding: 20px; background: #15181b; color: #e9e6e0; font: 14px monospace"
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
        page.set_content(f'<pre id="terminal" style="{TERMINAL_STYLE}">{html.escape(terminal)}</pre>')
        page.locator("#terminal").screenshot(path=IMAGES / "terminal.png")
        browser.close()
    return 0


def demo(data: Path) -> str:
    """Run the demo with its files in `data`; what it printed, under its command."""
    program = Path(sys.executable).with_name("reachlist")
    ran = subprocess.run(
        [program, "demo", "--plain", "--data", data, "--now", NOW],
        check=False, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if not (data / "demo" / "report.html").exists():
        raise SystemExit(f"the demo failed:\n{ran.stdout}")
    return f"$ reachlist demo\n{ran.stdout.replace(f'{data}/', 'data/')}"


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
