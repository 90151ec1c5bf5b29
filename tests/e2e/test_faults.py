"""Two hundred ways for a network to go wrong, each from its seed: nothing is lost, nothing is there twice.

The real scripts run in a browser against the real server; between them, requests are dropped, delayed, doubled, held
back behind later ones, or answered and the answer lost. Pages are opened anew half-way, two tabs send at once, and the
server itself is killed and started again.
"""

import random

import pytest

from tests.e2e.phones import at_the_clinic, paired, told, version_of

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]
SCHEDULES = 200
SEED = 20_261_129
RESTARTS = {60, 140}
REOPENED = 0.3  # of the schedules open the page anew before all is sent

# mulberry32: the same faults for the same seed, in every browser.
FAULTY = """(() => {
  const real = self.fetch.bind(self);
  let state = Number(sessionStorage.getItem("seed")) || 0;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const wait = (most) => new Promise((done) => setTimeout(done, most * chance()));
  const gone = () => Promise.reject(new TypeError("gone"));
  self.setSeed = (seed) => { state = seed; sessionStorage.setItem("seed", seed); };
  self.fetch = async (...asked) => {
    if (!state || !String(asked[0]).includes("/today/")) return real(...asked);
    const dice = chance();
    if (dice < 0.15) return gone();                                             // dropped on the way there
    if (dice < 0.30) { await real(...asked); return gone(); }                   // taken, and the answer lost
    if (dice < 0.45) { real(...asked).catch(() => {}); return real(...asked); } // doubled
    if (dice < 0.60) await wait(25);                                            // behind one that was sent later
    if (dice < 0.70) return new Response("", { status: 503 });
    return real(...asked);
  };
})()"""

BEGIN = """async ([label, sessions, seed, version, done]) => {
  const address = (name) => performance.getEntriesByType("resource").map((one) => one.name)
    .find((one) => one.includes(`/js/${name}.`));
  const { change, load } = await import(address("session"));
  const { queue, sendOne, sendAll } = await import(address("sending"));
  const person = document.documentElement.dataset.hcPerson;
  self.setSeed(seed);
  const make = async (n) => {
    const isMessage = n === 2; // every third is one to the physiotherapist
    const place = isMessage ? `${person}:tell` : `${person}:${version}:2026-01-${String(n + 1).padStart(2, "0")}`;
    const words = `${label}.${n}`;
    await load(place);
    if (isMessage) await change(place, { text: words });
    else await Promise.all([change(place, { note: words }), change(place, { [`done=${done}`]: true })]);
    const row = await queue(place);
    await Promise.all([sendOne(row), n % 2 ? sendAll(person) : null]);
  };
  await Promise.all([...Array(sessions).keys()].map(make));
}"""

END = """async () => {
  const address = (name) => performance.getEntriesByType("resource").map((one) => one.name)
    .find((one) => one.includes(`/js/${name}.`));
  const { sendAll, kept } = await import(address("sending"));
  const person = document.documentElement.dataset.hcPerson;
  self.setSeed(0);
  await Promise.all([sendAll(person), sendAll(person)]);
  return (await kept(person)).length;
}"""


def test_two_hundred_bad_networks_lose_nothing_and_double_nothing(new_page, server):
    dice = random.Random(SEED)
    page = new_page()
    page.add_init_script(FAULTY)
    paired(page, server)
    version, made, told_of = version_of(page), [], []
    done = page.locator("input[name=done]").first.get_attribute("value")
    page.goto("/help/")  # every page of a patient has the scripts; this one stays as it is
    for schedule in range(SCHEDULES):
        sessions = dice.randint(1, 3)
        made += [f"{schedule}.{n}" for n in range(min(sessions, 2))]
        told_of += [f"{schedule}.2"] * (sessions == 3)
        is_restarted = schedule in RESTARTS
        if is_restarted:
            server.kill()
        page.evaluate(BEGIN, [str(schedule), sessions, dice.randrange(1, 2**31), version, done])
        if is_restarted:
            server.start()
        if dice.random() < REOPENED:
            page.goto("/help/")
        assert page.evaluate(END) == 0, f"schedule {schedule} of seed {SEED} keeps something for ever"

    assert sorted(row[3] for row in at_the_clinic(server, version)) == sorted(made)
    assert sorted(told(server, version)) == sorted(told_of)
