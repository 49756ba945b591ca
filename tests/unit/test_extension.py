"""What the extension promises without a browser: its languages, its identity, its modesty."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

from veille.capture import register

_FOLDER: Final = Path(register.__file__).parents[2] / "resources" / "extension"
_MANIFEST: Final = json.loads((_FOLDER / "manifest.json").read_text(encoding="utf-8"))
_CODE: Final = {one.name: one.read_text(encoding="utf-8") for one in _FOLDER.glob("*.js")}


def _sentences(language: str) -> dict[str, Any]:
    path = _FOLDER / "_locales" / language / "messages.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_both_languages_say_the_same_things() -> None:
    french, english = _sentences("fr"), _sentences("en")
    assert french.keys() == english.keys()
    for name, told in french.items():
        assert told.get("placeholders") == english[name].get("placeholders"), name


def test_every_sentence_asked_for_is_there_and_no_other() -> None:
    asked = set(re.findall(r'say\("(\w+)"|title: "(\w+)"', _CODE["background.js"]))
    named = {word for group in asked for word in group if word}
    named |= set(re.findall(r"__MSG_(\w+)__", json.dumps(_MANIFEST)))
    named |= {f"{kind}Kept{one}" for kind in ("quote", "selection") for one in ("", "One")}
    named |= {"pageKept", "addressKept"}
    # What the page, the browser and the host refuse.
    problems = re.findall(r"Problem\(([^()]+)\)", _CODE["background.js"])
    named |= set(re.findall(r'"(\w+)"', " ".join(problems)))
    named |= {"SpoolFull", "SpoolUnwritable", "TooLarge", "BadMessage"}
    assert named == _sentences("fr").keys()


def test_french_is_set_as_french_is() -> None:
    for told in _sentences("fr").values():
        assert not re.search(r"'|[^\u00a0\u202f][;:!?»]|«[^\u00a0\u202f]", told["message"]), told


def test_its_identity_is_the_one_the_host_lets_in() -> None:
    digest = hashlib.sha256(base64.b64decode(_MANIFEST["key"])).hexdigest()[:32]
    identity = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
    assert (identity,) == register.CHROMIUM_IDS
    assert _MANIFEST["browser_specific_settings"]["gecko"]["id"] == register.FIREFOX_ID
    assert f'"{register.HOST}"' in _CODE["background.js"]


def test_it_asks_for_little_and_loads_nothing() -> None:
    assert set(_MANIFEST["permissions"]) == {
        "activeTab",
        "contextMenus",
        "nativeMessaging",
        "scripting",
    }
    assert not {"host_permissions", "content_scripts", "externally_connectable"} & _MANIFEST.keys()
    for code in _CODE.values():
        assert not re.search(r"\bfetch\(|XMLHttpRequest|https?://|\beval\(|innerHTML =", code)


def test_every_file_named_is_there() -> None:
    icons = {*_MANIFEST["icons"].values(), *_MANIFEST["action"]["default_icon"].values()}
    for name in {*icons, "background.js", "page.js"}:
        assert (_FOLDER / name).is_file()
