"""The few commands that a journey needs, for browsers that Playwright cannot drive as they come from Debian.

WebKitGTK speaks WebDriver, Firefox WebDriver BiDi, https://www.w3.org/TR/webdriver-bidi/.
"""

import itertools
import json
import time

import requests
import websocket

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
WAIT_SECONDS = 30
LEFT = "no such frame"  # how WebDriver says that the page went away meanwhile


class Page:
    """What a journey does with a page: ``go`` somewhere, ``run`` a script in it, wait ``until`` one says yes."""

    def until(self, script):
        """Wait until ``script`` returns something true, and return it."""
        until, found = time.monotonic() + WAIT_SECONDS, None
        while time.monotonic() < until:
            found = self.run(script)
            if found and not str(found).startswith("failed"):
                return found
            time.sleep(0.1)
        raise AssertionError(f"never came: {script}; last {found}\n{self.run('return document.body.innerText')}")


class Driven(Page):
    """A session of a driver at ``address``; ``run`` runs a script in the page and returns what it returns."""

    def __init__(self, address, capabilities):
        self.address = address
        sent = {"capabilities": {"alwaysMatch": capabilities}}
        self.session = self._ask("POST", "/session", sent)["sessionId"]

    def _ask(self, method, path, sent=None):
        answer = requests.request(method, self.address + path, json=sent, timeout=60)
        value = answer.json()["value"]
        if not answer.ok and value["error"] == LEFT:
            raise ConnectionError(value["message"])
        assert answer.ok, value
        return value

    def _in_session(self, method, path, sent=None):
        return self._ask(method, f"/session/{self.session}{path}", sent)

    def go(self, url):
        self._in_session("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """Run the body of an async function; what it returns has to be JSON."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }})().then(done, (trouble) => done(`failed: ${{trouble}}`));"
        )
        try:
            return self._in_session("POST", "/execute/async", {"script": wrapped, "args": list(arguments)})
        except ConnectionError as trouble:  # the page is on its way to another
            return f"failed: {trouble}"

    def close(self):
        self._in_session("DELETE", "")


class Bidi(Page):
    """The page of a Firefox that was started with ``--remote-debugging-port``."""

    def __init__(self, port):
        self.socket = websocket.create_connection(f"ws://127.0.0.1:{port}/session", timeout=60, suppress_origin=True)
        self.numbers = itertools.count(1)
        self._ask("session.new", capabilities={})
        self.context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method, **sent):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": sent}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass  # an event, or the answer to a script whose page has gone
        if answer["type"] == "error":
            raise ConnectionError(answer["message"])
        return answer["result"]

    def go(self, url):
        self._ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, script):
        """Run the body of an async function; what it returns has to be JSON."""
        body = f"(async () => {{ {script} }})().then((found) => JSON.stringify(found ?? null))"
        target = {"context": self.context}
        try:
            told = self._ask("script.evaluate", expression=body, target=target, awaitPromise=True)
        except ConnectionError as trouble:  # the page is on its way to another
            return f"failed: {trouble}"
        if told["type"] == "exception":
            return f"failed: {told['exceptionDetails']['text']}"
        return json.loads(told["result"]["value"])

    def close(self):
        self._ask("browser.close")
        self.socket.close()
