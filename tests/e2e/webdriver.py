"""The few commands of the WebDriver protocol that a journey needs, for a browser Playwright cannot drive."""

import time

import requests

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
WAIT_SECONDS = 15


class Browser:
    """A session of a driver at ``address``; ``run`` runs a script in the page and returns what it returns."""

    def __init__(self, address, capabilities):
        self.address = address
        sent = {"capabilities": {"alwaysMatch": capabilities}}
        self.session = self._ask("POST", "/session", sent)["sessionId"]

    def _ask(self, method, path, sent=None):
        answer = requests.request(method, self.address + path, json=sent, timeout=60)
        value = answer.json()["value"]
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
        return self._in_session("POST", "/execute/async", {"script": wrapped, "args": list(arguments)})

    def until(self, script):
        """Wait until ``script`` returns something true, and return it."""
        until, found = time.monotonic() + WAIT_SECONDS, None
        while time.monotonic() < until:
            found = self.run(script)
            if found and not str(found).startswith("failed"):
                return found
            time.sleep(0.1)
        raise AssertionError(f"never came: {script}; last {found}\n{self.run('return document.body.innerText')}")

    def close(self):
        self._in_session("DELETE", "")
