"""What a patient was told is saved, is saved: against real processes and real signals."""

import random
import threading
import time
import uuid

import pytest
import requests

from tests.durability.phone import was_acknowledged

pytestmark = pytest.mark.server

PHONES = 8
UUIDS = 100


class Load:
    """Phones that save new sessions as fast as they are answered, until ``end``."""

    def __init__(self, phone):
        self.acknowledged, self.refused = set(), []
        self._going = threading.Event()
        self._going.set()
        self._threads = [threading.Thread(target=self._save, args=(phone.copy(),)) for _ in range(PHONES)]
        for thread in self._threads:
            thread.start()

    def _save(self, phone):
        while self._going.is_set():
            session_id = str(uuid.uuid4())
            try:
                answer = phone.save(session_id)
            except requests.RequestException:
                return  # the server is gone: nothing was promised
            if was_acknowledged(answer, session_id):
                self.acknowledged.add(session_id)
            else:
                self.refused.append(answer.status_code)

    def wait_for(self, number):
        """Let the phones save ``number`` sessions."""
        until = time.monotonic() + 60
        while len(self.acknowledged) < number:
            assert time.monotonic() < until, f"{len(self.acknowledged)} saved, refused: {self.refused}"
            time.sleep(0.01)

    def end(self):
        """Stop asking and wait for the answers under way."""
        self._going.clear()
        for thread in self._threads:
            thread.join(timeout=90)


@pytest.fixture(scope="module")
def server(new_server):
    """Return a server that these tests may kill; each leaves it as it likes."""
    return new_server()


@pytest.fixture
def phone(server, phone_of):
    """Return a phone on the running server."""
    if server.process is None or server.process.poll() is not None:
        server.start()
    return phone_of(server)


def test_100_sessions_sent_by_8_phones_at_once_are_saved_once_each(server, phone, stored):
    ids = [str(uuid.uuid4()) for _ in range(UUIDS)]
    unkept = []

    def send_all(same_phone, order):
        for session_id in order:
            answer = same_phone.save(session_id)
            if not was_acknowledged(answer, session_id):
                unkept.append((answer.status_code, session_id))

    orders = [random.Random(n).sample(ids, UUIDS) if n % 2 else ids for n in range(PHONES)]
    threads = [threading.Thread(target=send_all, args=(phone.copy(), order)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert unkept == []
    on_disk, performed, sound = stored(server, phone)
    assert sorted(on_disk) == sorted(ids)
    assert performed == UUIDS * len(phone.exercises)
    assert sound == "ok"


def test_kill_9_under_load_loses_no_acknowledged_session(server, phone, stored):
    kept = set()
    for _ in range(3):
        load = Load(phone)
        load.wait_for(40)
        server.kill()
        load.end()
        kept |= load.acknowledged
        assert load.refused == []
        server.start()
    on_disk, performed, sound = stored(server, phone)
    assert kept <= set(on_disk)
    assert performed == len(on_disk) * len(phone.exercises), "a session without what was done in it"
    assert sound == "ok"
    assert phone.save().status_code == 302


def test_a_polite_stop_answers_what_is_under_way_and_loses_nothing(server, phone, stored):
    load = Load(phone)
    load.wait_for(40)
    assert server.stop() == 0
    load.end()
    assert load.refused == []
    on_disk, _performed, sound = stored(server, phone)
    assert load.acknowledged <= set(on_disk)
    assert sound == "ok"
