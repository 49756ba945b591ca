"""The extension and its host in a real Firefox, without a screen: button, key, menu, spool.

Spoken to by WebDriver BiDi. The window itself is a page to it (the chrome context), so that the
button and the menus are the real ones; the extension is a temporary one, which needs no signature.
"""

from __future__ import annotations

import json
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
from veille.capture.register import FIREFOX_ID

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="Firefox ESR is not installed"),
]
# How Firefox names the parts of its window that an extension owns.
_OURS: Final = FIREFOX_ID.replace("@", "_").replace(".", "_")
_BUTTON: Final = f"document.getElementById('{_OURS}-BAP')"
_MENU: Final = "document.getElementById('contentAreaContextMenu')"
_NOTICE: Final = "document.querySelector('veille-notice') !== null"
_KEYS: Final = """(() => {
  const keyboard = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
  keyboard.beginInputTransactionForTests(window);
  const keys = [["Alt", "AltLeft", 18], ["Shift", "ShiftLeft", 16], ["LETTER", "KeyLETTER", 0]]
    .map(([key, code, keyCode]) => new KeyboardEvent("", {key, code, keyCode}));
  for (const key of keys) keyboard.keydown(key);
  for (const key of keys.reverse()) keyboard.keyup(key);
})()"""
_PREFERENCES: Final = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "datareporting.policy.firstRunURL": "",
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


@dataclass
class Firefox:
    """One tab of a browser, and the window around it."""

    wire: Wire
    page: str
    window: str

    def open(self, address: str) -> None:
        told = {"context": self.page, "url": address, "wait": "complete"}
        self.wire.command("browsingContext.navigate", told)

    def ask(self, expression: str) -> Any:
        return self._evaluated(expression, self.page)

    def select(self, selector: str) -> None:
        self.ask(f"getSelection().selectAllChildren(document.querySelector({selector!r})), 1")

    def click(self) -> None:
        self._evaluated(f"{_BUTTON}.click(), 1", self.window)

    def press(self, letter: str) -> None:
        """Press a letter with Alt and Shift, as a keyboard of this window would."""
        self._evaluated(_KEYS.replace("LETTER", letter), self.window)

    def choose(self, item: str, selector: str) -> None:
        """Open the menu of a place on the page, and choose an item of ours."""
        box = self.ask(
            f"JSON.stringify(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        place = {axis: round(json.loads(box)[axis]) + 12 for axis in ("x", "y")}
        button = [{"type": kind, "button": 2} for kind in ("pointerDown", "pointerUp")]
        moves = [{"type": "pointerMove", **place}, *button]
        mouse = {"type": "pointer", "id": "mouse", "actions": moves}
        self.wire.command("input.performActions", {"context": self.page, "actions": [mouse]})
        entry = f"{_MENU}.querySelector('[id={_OURS}-menuitem-_{item}]')"
        awaited(lambda: self._evaluated(f"{entry} !== null", self.window), "our item of the menu")
        self._evaluated(f"{entry}.doCommand(), {_MENU}.hidePopup(), 1", self.window)
        awaited(lambda: self._evaluated(f"{_MENU}.state === 'closed'", self.window), "its end")

    def tells(self, mark: str, title: str) -> None:
        """Wait for the button to carry this mark and this title."""
        awaited(lambda: self.button() == f"{mark} {title}", f"{mark} {title}", seen=self.button)

    def button(self) -> str:
        told = f"{_BUTTON}.getAttribute('badge') + ' ' + {_BUTTON}.getAttribute('label')"
        return str(self._evaluated(told, self.window))

    def _evaluated(self, expression: str, context: str) -> Any:
        asked = {"expression": expression, "target": {"context": context}, "awaitPromise": True}
        answer = self.wire.command("script.evaluate", asked)
        assert answer["type"] == "success", answer
        return answer["result"].get("value")


@pytest.fixture(scope="module")
def firefox(person: Person) -> Iterator[Firefox]:
    profile = person.home / "firefox"
    profile.mkdir()
    settings = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(settings), encoding="utf-8")
    command = [
        "firefox-esr",
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port=0",
        "--remote-allow-system-access",
    ]
    with running(command, person.home):
        address = awaited(lambda: _address(profile), "the port of Firefox")
        with closing(connect(address)) as wire:
            yield _ready(wire)


def _address(profile: Path) -> str:
    told = profile / "WebDriverBiDiServer.json"
    if not told.exists() or not (text := told.read_text(encoding="utf-8")).endswith("}"):
        return ""
    return "ws://{ws_host}:{ws_port}/session".format(**json.loads(text))


def _ready(wire: Wire) -> Firefox:
    """Install the extension, and put its button on the toolbar."""
    wire.command("session.new", {"capabilities": {}})
    source = {"type": "path", "path": str(EXTENSION)}
    assert wire.command("webExtension.install", {"extensionData": source}) == {
        "extension": FIREFOX_ID
    }
    page = wire.command("browsingContext.getTree")["contexts"][0]["context"]
    windows = wire.command("browsingContext.getTree", {"moz:scope": "chrome"})["contexts"]
    firefox = Firefox(wire, page, windows[0]["context"])
    widget = f"CustomizableUI.addWidgetToArea('{_OURS}-browser-action', 'nav-bar'), 1"
    firefox._evaluated(widget, firefox.window)
    return firefox


def test_a_page_is_kept_as_it_is_read(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/article?utm=1#lead")
    firefox.click()
    assert_whole(person.gesture(), f"{site}/article?utm=1#lead")
    firefox.tells("✓", sentence("pageKept"))


def test_a_key_keeps_a_quote(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/article")
    firefox.select("#said")
    firefox.press("Q")
    told = person.gesture()
    assert told["gesture"] == "quote"
    assert told["selection"]["text"] == "« Nous l’attendions tous », a dit la maire."
    firefox.tells("✓", sentence("quoteKept", "8"))


def test_the_menu_of_a_selection(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/article")
    firefox.select("#lead")
    firefox.choose("selection", "#lead")
    told = person.gesture()
    assert told["gesture"] == "selection"
    assert "<b>passerelle</b>" in told["selection"]["html"]
    firefox.choose("quote", "#lead")
    assert person.gesture()["gesture"] == "quote"


def test_the_menu_of_a_page(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/article")
    firefox.choose("page", "h1")
    told = person.gesture()
    assert (told["gesture"], told["selection"]) == ("page", {"html": "", "text": ""})


def test_words_selected_in_a_frame_are_kept(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/frame")
    inside = "document.querySelector('iframe').contentDocument"
    said = f"{inside}.querySelector('#said')"
    firefox.ask(f"{inside}.getSelection().selectAllChildren({said}), {said}.scrollIntoView(), 1")
    firefox.choose("quote", "iframe")
    assert person.gesture()["selection"] == {
        "html": "",
        "text": "« Nous l’attendions tous », a dit la maire.",
    }


def test_a_quote_of_nothing_is_refused(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/article")
    firefox.press("Q")
    firefox.tells("!", sentence("NothingSelected"))
    assert person.waiting() == []


def test_a_site_that_forbids_all_is_read_and_told(
    firefox: Firefox, person: Person, site: str
) -> None:
    firefox.open(f"{site}/strict")
    firefox.press("V")
    page = person.gesture()["html"]
    assert "Rien ne passe" in page
    assert "<noscript><p>Sans programme</p></noscript>" in page
    firefox.tells("✓", sentence("pageKept"))
    awaited(lambda: firefox.ask(_NOTICE), "a word on the page")


def test_a_large_page_passes_and_a_vast_one_is_refused(
    firefox: Firefox, person: Person, site: str
) -> None:
    firefox.open(f"{site}/vast?15")
    firefox.click()
    assert person.gesture()["html"].count("é") == 15 * 1024 * 1024 // 2
    firefox.open(f"{site}/vast?17")
    firefox.click()
    firefox.tells("!", sentence("TooLarge"))
    assert person.waiting() == []


def test_of_a_pdf_the_address_is_kept(firefox: Firefox, person: Person, site: str) -> None:
    firefox.open(f"{site}/report.pdf")
    firefox.click()
    told = person.gesture()
    assert (told["url"], told["html"]) == (f"{site}/report.pdf", "")
    firefox.tells("✓", sentence("addressKept"))


def test_without_its_host_the_extension_says_so(
    firefox: Firefox, person: Person, site: str
) -> None:
    firefox.open(f"{site}/article")
    with away(person.home / ".mozilla/native-messaging-hosts/org.veille.capture.json"):
        firefox.click()
        firefox.tells("!", sentence("NoHost"))


def test_a_page_of_the_browser_itself_is_refused(firefox: Firefox, person: Person) -> None:
    firefox.open("about:support")
    firefox.click()
    firefox.tells("!", sentence("NotWeb"))
    assert person.waiting() == []
