"""The extension and its host in a real Chromium, without a screen: key, menu, spool.

Keys are real ones, sent to the page as a keyboard would; Chromium then lets the extension see
that page, as it would a person's. Its menus are not drawn without a screen: the extension is told
of the choice, on a page that a key has opened to it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.browsers.conftest import EXTENSION, Person, awaited, away, running, sentence
from tests.browsers.pages import assert_whole
from tests.browsers.wire import Wire, connect
from veille.capture.register import CHROMIUM_IDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed"),
]
_ALT_SHIFT: Final = 1 | 8
_NOTICE: Final = "document.querySelector('veille-notice') !== null"


@dataclass
class Chromium:
    """One tab of a browser, and the background of the extension."""

    wire: Wire
    page: str
    background: str

    def is_ready(self) -> bool:
        """Tell whether the extension has made its menus: it then hears everything."""
        asked = "globalThis.chrome?.contextMenus?.update('quote', {}).then(() => true, () => false)"
        return self._evaluated(asked, self.background) is True

    def open(self, address: str) -> None:
        self.wire.command("Page.navigate", {"url": address}, sessionId=self.page)
        awaited(
            lambda: self.ask(f"location.href === {address!r} && document.readyState") == "complete",
            address,
        )

    def ask(self, expression: str) -> Any:
        return self._evaluated(expression, self.page)

    def select(self, selector: str) -> None:
        self.ask(f"getSelection().selectAllChildren(document.querySelector({selector!r}))")

    def press(self, letter: str) -> None:
        code = ord(letter)
        key = {"key": letter, "code": f"Key{letter}", "windowsVirtualKeyCode": code}
        for kind in ("rawKeyDown", "keyUp"):
            told = {"type": kind, "modifiers": _ALT_SHIFT, "nativeVirtualKeyCode": code, **key}
            self.wire.command("Input.dispatchKeyEvent", told, sessionId=self.page)

    def choose(self, item: str, words: str = "") -> None:
        info = f"{{menuItemId: {item!r}, selectionText: {words!r}}}"
        self._behind(f"chrome.contextMenus.onClicked.dispatch({info}, tab)")

    def button(self) -> tuple[str, str]:
        """Give the mark and the title that the toolbar's button has for this tab."""
        told = "[await chrome.action.getBadgeText(of), await chrome.action.getTitle(of)]"
        mark, title = self._behind(f"const of = {{tabId: tab.id}}; return {told}")
        return mark, title

    def tells(self, mark: str, title: str) -> None:
        """Wait for the button to carry this mark and this title."""
        awaited(lambda: self.button() == (mark, title), f"{mark} {title}", seen=self.button)

    def _behind(self, body: str) -> Any:
        tab = "const [tab] = await chrome.tabs.query({active: true})"
        return self._evaluated(f"(async () => {{ {tab}; {body} }})()", self.background)

    def _evaluated(self, expression: str, session: str) -> Any:
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self.wire.command("Runtime.evaluate", asked, sessionId=session)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")


@pytest.fixture(scope="module")
def chromium(person: Person, site: str) -> Iterator[Chromium]:
    profile = person.home / ".config" / "chromium"
    command = [
        "chromium",
        "--no-sandbox",
        "--headless=new",
        "--no-first-run",
        "--password-store=basic",
        f"--user-data-dir={profile}",
        "--remote-debugging-port=0",
        f"--load-extension={EXTENSION}",
        "about:blank",
    ]
    with running(command, person.home):
        address = awaited(lambda: _address(profile), "the port of Chromium")
        with closing(connect(address)) as wire:
            page = _attached(wire, "page", "")
            behind = f"chrome-extension://{CHROMIUM_IDS[0]}/"
            chromium = Chromium(wire, page, _attached(wire, "service_worker", behind))
            awaited(chromium.is_ready, "the menus of the extension")
            # A browser that has just started, on a busy machine, was once seen to keep the address
            # of its first page instead of the page: the tests are about those that follow.
            chromium.open(f"{site}/article")
            chromium.press("V")
            person.gesture()
            yield chromium


def _address(profile: Path) -> str:
    told = profile / "DevToolsActivePort"
    port, _, path = told.read_text().partition("\n") if told.exists() else ("", "", "")
    return f"ws://127.0.0.1:{port}{path}" if path else ""


def _attached(wire: Wire, kind: str, address: str) -> str:
    """Wait for a target of the browser, and open a session with it."""

    def found() -> str:
        targets = wire.command("Target.getTargets")["targetInfos"]
        fits = [t for t in targets if t["type"] == kind and t["url"].startswith(address)]
        return fits[0]["targetId"] if fits else ""

    asked = {"targetId": awaited(found, f"{kind} {address}"), "flatten": True}
    return str(wire.command("Target.attachToTarget", asked)["sessionId"])


def test_a_page_is_kept_as_it_is_read(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/article?utm=1#lead")
    chromium.press("V")
    assert_whole(person.gesture(), f"{site}/article?utm=1#lead")
    chromium.tells("✓", sentence("pageKept"))


def test_the_page_says_it_and_then_forgets_it(
    chromium: Chromium, person: Person, site: str
) -> None:
    chromium.open(f"{site}/article")
    chromium.press("V")
    first = person.gesture()
    chromium.tells("✓", sentence("pageKept"))
    awaited(lambda: chromium.ask(_NOTICE), "a word on the page")
    chromium.press("V")
    assert person.gesture()["html"] == first["html"]
    awaited(lambda: not chromium.ask(_NOTICE), "its end")


def test_a_key_keeps_a_quote(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/article")
    chromium.select("#said")
    chromium.press("Q")
    told = person.gesture()
    assert told["gesture"] == "quote"
    assert told["selection"]["text"] == "« Nous l’attendions tous », a dit la maire."
    assert "passerelle" in told["html"]
    chromium.tells("✓", sentence("quoteKept", "8"))


def test_its_menus_are_there(chromium: Chromium) -> None:
    for item in ("page", "selection", "quote"):
        chromium._behind(f"await chrome.contextMenus.update({item!r}, {{}})")
    with pytest.raises(AssertionError, match="Cannot find menu item"):
        chromium._behind("await chrome.contextMenus.update('other', {})")


def test_a_selection_keeps_its_form(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/article")
    chromium.press("V")
    person.gesture()
    chromium.select("#lead")
    chromium.choose("selection", "Après dix mois")
    told = person.gesture()
    assert told["gesture"] == "selection"
    assert "<b>passerelle</b>" in told["selection"]["html"]
    assert told["selection"]["text"].startswith("Après dix mois de travaux, la passerelle")


def test_words_selected_in_a_frame_are_kept(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/frame")
    chromium.press("V")
    person.gesture()
    chromium.choose("quote", "la passerelle a rouvert")
    told = person.gesture()
    assert told["selection"] == {"html": "", "text": "la passerelle a rouvert"}


def test_a_quote_of_nothing_is_refused(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/article")
    chromium.press("Q")
    chromium.tells("!", sentence("NothingSelected"))
    assert person.waiting() == []


def test_a_site_that_forbids_all_is_read_and_told(
    chromium: Chromium, person: Person, site: str
) -> None:
    chromium.open(f"{site}/strict")
    chromium.press("V")
    page = person.gesture()["html"]
    assert "Rien ne passe" in page
    assert "<noscript><p>Sans programme</p></noscript>" in page
    chromium.tells("✓", sentence("pageKept"))
    awaited(lambda: chromium.ask(_NOTICE), "a word on the page")


def test_a_large_page_passes_and_a_vast_one_is_refused(
    chromium: Chromium, person: Person, site: str
) -> None:
    chromium.open(f"{site}/vast?15")
    chromium.press("V")
    assert person.gesture()["html"].count("é") == 15 * 1024 * 1024 // 2
    chromium.open(f"{site}/vast?17")
    chromium.press("V")
    chromium.tells("!", sentence("TooLarge"))
    assert person.waiting() == []


def test_of_a_pdf_the_address_is_kept(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/report.pdf")
    chromium.press("V")
    told = person.gesture()
    assert (told["url"], told["html"]) == (f"{site}/report.pdf", "")
    chromium.tells("✓", sentence("addressKept"))


def test_without_its_host_the_extension_says_so(
    chromium: Chromium, person: Person, site: str
) -> None:
    chromium.open(f"{site}/article")
    with away(person.home / ".config/chromium/NativeMessagingHosts/org.veille.capture.json"):
        chromium.press("V")
        chromium.tells("!", sentence("NoHost"))


def test_a_host_that_cannot_write_is_heard(chromium: Chromium, person: Person, site: str) -> None:
    chromium.open(f"{site}/article")
    with away(person.spool):
        person.spool.write_text("a file where the folder should be")
        chromium.press("V")
        chromium.tells("!", sentence("SpoolUnwritable"))
