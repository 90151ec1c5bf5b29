"""A patient's phone without a browser: it pairs as a phone does and saves sessions as the page does."""

import re
import uuid

import requests

SECONDS = 60


class Phone:
    """Paired with the typed ``code``; ``copy`` is the same device with another connection."""

    def __init__(self, url, code=None):
        self.url = url
        self.http = requests.Session()
        self.token = self.version = self.day = ""
        self.note = uuid.uuid4().hex  # in each of its sessions, so that they can be told from others
        self.exercises = []
        if code:
            self._pair(code)
            self.open_today()

    def _pair(self, code):
        page = self.http.get(f"{self.url}/j", timeout=SECONDS)
        page = self._send("/j", page, code=code)
        assert page.url == f"{self.url}/j/yes", page.text
        older = re.findall(r'name="take_off" value="([^"]+)"', page.text)[:1]  # asked where there are three already
        page = self._send("/j/yes", page, **({"take_off": older[0]} if older else {}))
        assert page.url == f"{self.url}/today/", page.text

    def _send(self, path, page, **fields):
        fields["csrfmiddlewaretoken"] = found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[0]
        return self.http.post(f"{self.url}{path}", data=fields, timeout=SECONDS)

    def open_today(self):
        """Read what the page would send back."""
        page = self.http.get(f"{self.url}/today/", params={"once-more": "1"}, timeout=SECONDS).text
        self.token = found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        self.version = found(r'name="version"[^>]*value="([^"]+)"', page)[0]
        self.day = found(r'name="day"[^>]*value="([^"]+)"', page)[0]
        self.exercises = found(r'name="done"[^>]*value="([^"]+)"', page)

    def copy(self):
        """Return the same device with a connection of its own."""
        other = Phone(self.url)
        other.http.cookies.update(self.http.cookies)
        other.token, other.version, other.day = self.token, self.version, self.day
        other.exercises, other.note = self.exercises, self.note
        return other

    def save(self, session_id=None):
        """Save a session and return the answer, redirect not followed."""
        return self.http.post(
            f"{self.url}/today/save/",
            data={
                "csrfmiddlewaretoken": self.token,
                "session": session_id or str(uuid.uuid4()),
                "version": self.version,
                "day": self.day,
                "done": self.exercises,
                "pain": "3",
                "effort": "easy",
                "note": self.note,
            },
            allow_redirects=False,
            timeout=SECONDS,
        )


def found(pattern, text):
    """Return all that ``pattern`` finds in ``text``, at least one."""
    matches = re.findall(pattern, text)
    assert matches, f"{pattern} is not in\n{text}"
    return matches


def was_acknowledged(answer, session_id):
    """Say whether ``answer`` promised that the session is kept."""
    return answer.status_code == 302 and answer.headers["Location"] == f"/sessions/{session_id}/"
