"""The way without a signal in the engines of Safari and of Firefox: the server is really stopped, and comes back."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.e2e.phones import at_the_clinic, new_code
from tests.e2e.webdriver import Bidi, Driven
from tests.server import free_port

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"

SAY = """
  const form = document.querySelector("[data-hc-today]");
  document.querySelector("[data-hc-card] input[name=done]").click();
  form.elements.note.value = "Typed with no signal";
  form.elements.note.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 300));
  [...form.querySelectorAll("[type=submit]")].pop().click();
"""
IS_KEPT = """
  for (const name of await caches.keys()) if (await (await caches.open(name)).match("/whole")) return name;
"""
IS_EMPTY = """
  const left = [await caches.keys(), await indexedDB.databases(), await navigator.serviceWorker.getRegistrations()];
  return [...left, Object.keys(localStorage)].every((kept) => kept.length === 0);
"""


@pytest.fixture
def webkit(tmp_path):
    """Yield WebKitGTK under its own driver, on a screen that nobody sees."""
    mini = next(iter(sorted(Path("/").glob(MINI_BROWSERS[1:]))), None)
    if sys.platform == "darwin":
        pytest.skip("only on Linux: nobody builds WebKitGTK for a Mac, whose Safari is to be tried by hand")
    assert mini, "No MiniBrowser here. `make test` installs it, or says how."
    port = free_port()
    command = ["xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"]
    home = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    driver = subprocess.Popen(
        command, env=home, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        arguments = ["--automation"]
        browser = Driven(
            f"http://127.0.0.1:{port}", {"webkitgtk:browserOptions": {"binary": str(mini), "args": arguments}}
        )
        yield browser
        browser.close()
    finally:
        os.killpg(driver.pid, 15)
        driver.wait(timeout=20)


def _wait_for(port, *, path="/status"):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            requests.get(f"http://127.0.0.1:{port}{path}", timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the driver does not answer")


def journey(browser, server):
    """Save with the server stopped, look at pages from the phone, and find one row once it is back."""
    browser.go(f"{server.url}/j#{new_code(server)}")
    browser.until("return document.querySelector('button[value=yes]') && true")
    browser.run("document.querySelector('button[value=yes]').click()")
    version = browser.until("return document.querySelector('input[name=version]')?.value")
    browser.until(IS_KEPT)
    server.stop()
    browser.go(f"{server.url}/today/")
    browser.until("return 'hcFromPhone' in document.documentElement.dataset")
    browser.run(SAY)
    browser.until("return !document.querySelector('[data-hc-on-phone]').hidden")
    browser.go(f"{server.url}/help/")
    browser.until("return document.body.innerText.includes('999')")
    browser.go(f"{server.url}/today/")
    browser.until("return document.querySelector('[data-hc-phone-bar]').innerText.includes('1 day is waiting')")
    server.start()
    browser.go(f"{server.url}/today/")
    browser.until("return document.querySelector('[data-hc-phone-bar]').innerText.includes('Sent')")
    assert [row[3:] for row in at_the_clinic(server, version)] == [["Typed with no signal", 1]]
    browser.go(f"{server.url}/phone/leave/")
    browser.run("document.querySelector('[data-hc-unpair] [type=submit]').click()")
    browser.until("return location.pathname === '/j'")
    browser.until(IS_EMPTY)


def test_webkit_keeps_and_sends(webkit, server):
    journey(webkit, server)


@pytest.fixture
def firefox(tmp_path):
    """Yield Firefox, driven by the protocol that it speaks itself."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "No Firefox here. `make test` installs it, or says how."
    port = free_port()
    command = [path, "--headless", f"--remote-debugging-port={port}", "--profile", str(tmp_path), "about:blank"]
    running = subprocess.Popen(
        command, env={**os.environ, "HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, path="/")
        browser = Bidi(port)
        yield browser
        browser.close()
    finally:
        running.terminate()
        running.wait(timeout=20)


def test_firefox_keeps_and_sends(firefox, server):
    journey(firefox, server)
