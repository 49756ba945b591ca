"""What each choice is called, what it does, what its values mean, and by which words it is found."""

from __future__ import annotations

from veille.desk.options import FOLDER, ON, Option, option
from veille.domain.text import key
from veille.sentences import citing
from veille.sentences.catalogue import _, labelled, n_


def section(name: str) -> str:
    """Name a section."""
    return {
        "you": _("You"),
        "window": _("Window"),
        "reading": _("Texts that are read"),
        "keys": _("Keys"),
        "arrivals": _("What comes in"),
        "writing": _("Writing and citing"),
        "care": _("Care and help"),
    }[name]


def label(name: str) -> str:
    """Name a choice."""
    return {
        "name": _("My name"),
        "service": _("My service"),
        "language": _("Language"),
        "theme": _("Colours"),
        "contrast": _("High contrast"),
        "size": _("Size of the interface"),
        "column": _("Width of the column"),
        "letter_size": _("Size of letters"),
        "letter_shape": _("Shape of letters"),
        "paper": _("Paper"),
        "letters": _("Single-letter keys"),
        "watched": _("Watched folder"),
        "retention": _("Forget what was never kept after"),
        "private": _("Pages of the local network"),
        "templates": _("Folder of the templates"),
        "citation": _("How I cite"),
        "all_keys": _("Keys of every action"),
        "connect_browsers": _("Browsers"),
        "back_up": _("Copies of the memory"),
        "support": _("Support file"),
    }[name]


def effect(name: str) -> str:
    """Say in a line what a choice does."""
    return {
        "name": _("Your colleagues see it beside what you write."),
        "service": _("Said with your name in the shared spaces."),
        "language": _(
            "Of the window and its menus. The window opens again at once, nothing is lost."
        ),
        "theme": _("Light or dark, or as the system is now."),
        "contrast": _("Stronger borders and colours, for eyes that tire."),
        "size": _("Letters, lists and buttons grow together."),
        "column": _("How long the lines of an article are."),
        "letter_size": _("Of articles, quotes and notes that are read."),
        "letter_shape": _("Serif as in a book, or sans serif as in the window."),
        "paper": _("Behind the texts that are read."),
        "letters": _("R keeps, E discards… Only where a list or a text has the focus."),
        "watched": _("Pages and documents saved there are clipped within seconds."),
        "retention": _("What the sources bring and nobody keeps goes by itself."),
        "private": _("Clip and follow addresses of the intranet, which are refused otherwise."),
        "templates": _("Where new notes begin from: a folder that the team shares, for instance."),
        "citation": _(
            "When a quote is copied with its reference. A shared space may say its own way."
        ),
        "all_keys": _("See them all, and change those that you wish."),
        "connect_browsers": _("A button in Firefox, Chrome or Edge clips the page as you see it."),
        "back_up": _("Made every day by themselves, beside the memory. Make one now."),
        "support": _("What somebody needs to help you, without anything that you read or write."),
    }[name]


def also(name: str) -> str:
    """Give other words by which a choice is found."""
    return {
        "name": _("who am I, author, signature, identity"),
        "service": _("team, department, direction"),
        "language": _("French, English, translation"),
        "theme": _("dark, light, night, appearance, black, white"),
        "contrast": _("accessibility, readability, eyesight"),
        "size": _("zoom, scale, bigger, smaller, font, accessibility"),
        "column": _("line length, margins, appearance of texts"),
        "letter_size": _("font, zoom, bigger, smaller, appearance of texts"),
        "letter_shape": _("font, typeface, appearance of texts"),
        "paper": _("background, sepia, dark, appearance of texts"),
        "letters": _("shortcuts, keyboard, accessibility"),
        "watched": _("drop folder, downloads, to clip"),
        "retention": _("clean, delete, age, days, sources, feeds, archive"),
        "private": _("intranet, private addresses, proxy, security, network"),
        "templates": _("models, press review, note"),
        "citation": _("reference, bibliography, ISO 690, style, quote"),
        "all_keys": _("shortcuts, keyboard, hotkeys"),
        "connect_browsers": _("extension, Firefox, Chrome, Edge, button"),
        "back_up": _("backup, restore, safety, copy"),
        "support": _("help, problem, log, bug, error, diagnosis"),
    }[name]


def value(name: str, chosen: str) -> str:
    """Say what a value means."""
    one = option(name)
    if name == "retention":
        return n_("{n} day", "{n} days", int(chosen))
    if name == "size":
        return _("{n}%").format(n=chosen)
    if name == "letter_size":
        return _letter_size(int(chosen))
    if name == "citation":
        return citing.style_name(chosen)
    if one.kind == FOLDER:
        return chosen or _usual(name)
    return _words().get(chosen, chosen) if one.values else chosen or _("none")


def default(name: str, usual: str) -> str:
    """Say what a choice is until somebody chooses."""
    if name == "name":
        return _("By default: {value}, as on this computer").format(value=usual)
    return _("By default: {value}").format(value=value(name, usual))


def matches(name: str, typed: str) -> bool:
    """Tell whether a choice is found by what was typed: each word, accents or not."""
    told = key(f"{label(name)}\n{effect(name)}\n{also(name)}")
    return all(word in told for word in key(typed).split())


def line(one: Option, chosen: str) -> str:
    """Say a choice and its value, on the command line."""
    return labelled(label(one.name), value(one.name, chosen))


def _usual(name: str) -> str:
    if name == "watched":
        return _("“To clip”, beside the memory or in your documents")
    return _("the folder “templates” of the memory")


def _letter_size(step: int) -> str:
    return [
        _("Smallest"), _("Small"), _("Usual"), _("Large"), _("Larger"), _("Very large"),
        _("Largest"),
    ][step]  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "system": _("As the system"),
        "fr": "Français",
        "en": "English",
        "light": _("Light"),
        "dark": _("Dark"),
        ON: _("Yes"),
        "off": _("No"),
        "narrow": _("Narrow"),
        "medium": _("Medium"),
        "wide": _("Wide"),
        "serif": _("Serif"),
        "sans": _("Sans serif"),
        "window": _("As the window"),
        "sepia": _("Sepia"),
    }
