"""Every action: its name, its icon, its key. Keys work on an AZERTY keyboard.

Single letters act only where a list or the reader has the focus, and can be switched off
(WCAG 2.1.4). Menus hold every action, because toolbar buttons are not in the tab order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from veille.sentences.catalogue import _
from veille.ui import theme


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an action.

    Attributes:
        keys: those it is born with (``keymap`` knows those in force), as Qt writes them in English;
            ``Ctrl+J, A`` is two strokes: Ctrl+J goes to a view, Ctrl+E does what is done rarely.
        letter: the key acts only on lists and texts; letters among them can be switched off.
        hint: the key by which one screen does it, where that key does something else elsewhere.
    """

    name: str
    icon: str
    keys: tuple[str, ...] = ()
    letter: bool = False
    hint: str = ""


MENUS: Final = (
    ("file", ("clip", "clip_file", "paste", "clip_inside", "", "open_folder", "choose_folder",
              "connect_browsers", "disconnect_browsers", "", "bring", "", "new_note", "new_from_template", "open_templates", "choose_templates", "new_dossier", "", "import_annotations", "export_annotations", "export_list", "print", "", "settings", "", "quit")),
    ("edit", ("undo", "history", "", "rules", "", "save_note", "note_history", "note_links", "loose_notes", "", "copy_reference", "citation_style", "", "comments_about", "", "delete")),
    ("search", ("palette", "", "search_all", "find", "find_in_text", "outline", "", "said", "angles", "", "save_search", "forget_search", "", "why", "similar", "", "sort_date", "group")),
    ("sources", ("add_source", "watch_page", "", "import_sources", "export_sources", "",
                 "refresh_all", "stop_refresh", "", "sort_source", "refresh_source", "open_site",
                 "edit_source", "choose_part", "pause_source", "unfollow")),
    ("article", ("keep", "discard", "discard_like", "to_sort", "archive", "", "unfold", "read",
                 "read_all", "", "quote", "put_in_note", "highlight", "annotate", "meaning", "reply",
                 "confirm_place", "attach_here", "next_passage", "previous_passage", "next_found",
                 "", "tag", "dossier", "live", "parcours", "parcours_next", "parcours_previous",
                 "parcours_quit", "", "correct", "complete", "captures", "compare_captures",
                 "retry", "open_original")),
    ("share", ("share", "sync", "", "compare", "", "create_space", "join_space")),
    ("view", ("view_home", "view_inbox", "view_waiting", "view_proposed", "view_articles", "view_discarded", "view_quotes", "view_questions",
              "view_astray", "view_conflicts", "view_notes", "view_dossiers", "view_themes",
              "view_search", "view_sources", "view_spaces", "", "back", "next", "previous", "next_pane",
              "previous_pane", "", "theme_system", "theme_light", "theme_dark", "looks", "bigger", "smaller",
              "usual_size", "", "letters")),
    ("help", ("guide", "keys", "", "welcome", "demo", "remove_demo", "", "support", "who")),
)  # fmt: skip

# What stands in a menu of its own within another one: no menu is higher than a small screen.
WITHIN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("meaning", "reply", "confirm_place", "attach_here", "next_passage",
                     "previous_passage", "next_found"), "passages"),
    **dict.fromkeys(("parcours", "parcours_next", "parcours_previous", "parcours_quit"), "order"),
    **dict.fromkeys(("complete", "captures", "compare_captures", "retry"), "captures"),
    **dict.fromkeys(("next", "previous", "next_pane", "previous_pane"), "moving"),
    **dict.fromkeys(("theme_system", "theme_light", "theme_dark"), "colours"),
    **dict.fromkeys(("looks", "bigger", "smaller", "usual_size"), "text"),
}  # fmt: skip


def menu_name(menu: str) -> str:
    """Name a menu."""
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "search": _("Searc&h"),
        "sources": _("S&ources"),
        "article": _("&Article"),
        "share": _("&Share"),
        "view": _("&View"),
        "help": _("&Help"),
        "passages": _("Passages"),
        "order": _("Reading in order"),
        "captures": _("Captures"),
        "moving": _("Moving about"),
        "colours": _("Colours"),
        "text": _("Text"),
    }[menu]


def told() -> Mapping[str, Told]:
    """Give every action, in the language spoken now."""
    return {
        "clip": Told(_("Clip a page…"), "plus", ("Ctrl+N",)),
        "clip_file": Told(_("Clip saved pages…"), "file-text", ("Ctrl+O",)),
        "paste": Told(_("Clip what was copied"), "clipboard", ("Ctrl+V",), letter=True),
        "clip_inside": Told(_("Clip the articles inside…"), "list", ("Ctrl+E, I",)),
        "open_folder": Told(_("Open the watched folder"), "folder-open", ("Ctrl+E, V",)),
        "choose_folder": Told(_("Watch another folder…"), "folder", ("Ctrl+E, Shift+V",)),
        "connect_browsers": Told(_("Connect the browsers…"), "globe", ("Ctrl+E, N",)),
        "disconnect_browsers": Told(_("Disconnect the browsers"), "wifi-off", ("Ctrl+E, Shift+N",)),
        "next_found": Told(_("Next quote found"), "sparkles", ("N",), letter=True),
        "complete": Told(
            _("Complete: paste, or choose the part…"), "clipboard", ("B",), letter=True
        ),
        "correct": Told(_("Correct the record…"), "pencil", ("F2",), letter=True),
        "captures": Told(_("Captures…"), "clock", ("Shift+O",), letter=True),
        "compare_captures": Told(_("What changed since the last capture"), "copy", ("Ctrl+E, C",)),
        "new_note": Told(_("New note"), "notebook-text", ("Ctrl+Shift+N",)),
        "new_from_template": Told(_("New note from a template…"), "file-text", ("Ctrl+Shift+M",)),
        "open_templates": Told(_("Templates of notes"), "folder-open", ("Ctrl+E, M",)),
        "choose_templates": Told(_("Templates of another folder…"), "folder", ("Ctrl+E, Shift+M",)),
        "note_history": Told(_("History of this note"), "rotate-ccw-clock", ("F7",)),
        "note_links": Told(_("Links of this note"), "link", ("F9",)),
        "loose_notes": Told(
            _("Notes on their own, notes to be written…"), "notebook-text", ("Ctrl+E, O",)
        ),
        "new_dossier": Told(_("New dossier…"), "folder", ("Ctrl+E, D",)),
        "settings": Told(_("Settings…"), "settings", ("Ctrl+,",)),
        "quit": Told(_("Quit"), "x", ("Ctrl+Q",)),
        "undo": Told(_("Undo"), "undo-2", ("Ctrl+Z",)),
        "history": Told(_("History…"), "rotate-ccw-clock", ("Ctrl+H",)),
        "rules": Told(_("Rules…"), "sliders-horizontal", ("Ctrl+Shift+R",)),
        "palette": Told(_("Go to, or do…"), "arrow-left", ("Ctrl+K",)),
        "search_all": Told(_("Search"), "search", ("Ctrl+Shift+F",)),
        "find": Told(_("Search, or find in the text"), "search", ("Ctrl+F",)),
        "find_in_text": Told(_("Find next in the text"), "chevron-right", ("F3",)),
        "said": Told(_("What was said about…"), "text-quote", ("Ctrl+Shift+Q",)),
        "angles": Told(_("Angles: the story in its sources"), "copy", ("V",), letter=True),
        "outline": Told(_("Headings…"), "list", ("G",), letter=True),
        "next_passage": Told(_("Next passage"), "chevron-right", ("H",), letter=True),
        "previous_passage": Told(_("Previous passage"), "chevron-left", ("Shift+H",), letter=True),
        "looks": Told(_("How texts look…"), "settings", ("Ctrl+Shift+T",)),
        "bigger": Told(_("Larger text"), "plus", ("Ctrl++", "Ctrl+=")),
        "smaller": Told(_("Smaller text"), "chevron-down", ("Ctrl+-",)),
        "usual_size": Told(_("Usual text size"), "check", ("Ctrl+0",)),
        "import_annotations": Told(_("Import annotations…"), "upload", ("Ctrl+E, A",)),
        "export_annotations": Told(_("Export the annotations…"), "download", ("Ctrl+E, Shift+A",)),
        "print": Told(_("Print…"), "printer", ("Ctrl+P",)),
        "save_note": Told(_("Record the note"), "check", ("Ctrl+S",)),
        "save_search": Told(_("Save the search…"), "bookmark", ("Ctrl+S",)),
        "forget_search": Told(_("Forget this saved search"), "trash", ("Ctrl+E, F",)),
        "export_list": Told(_("Export the list…"), "download", ("Ctrl+Shift+E",)),
        "sort_date": Told(_("Newest first"), "clock", ("Ctrl+Shift+D",)),
        "group": Told(_("Group by article"), "list", ("Ctrl+G",)),
        "why": Told(_("Why this result"), "info", ("W",), letter=True),
        "similar": Told(_("Similar articles"), "copy", ("M",), letter=True),
        "live": Told(_("Fill the dossier by a search…"), "search", ("Ctrl+E, L",)),
        "copy_reference": Told(_("Copy with its reference"), "copy", ("Ctrl+Shift+C",)),
        "delete": Told(_("Delete"), "trash", ("Del",), letter=True),
        "keep": Told(_("Keep"), "bookmark", ("R",), letter=True),
        "discard": Told(_("Discard"), "archive", ("E",), letter=True),
        "discard_like": Told(
            _("Discard what resembles this…"), "funnel", ("Shift+E",), letter=True
        ),
        "to_sort": Told(_("Back to sort"), "inbox", ("I",), letter=True),
        "archive": Told(_("Archive"), "hard-drive", ("Ctrl+E, R",)),
        "unfold": Told(_("Other sources of this news"), "list", ("F",), letter=True),
        "read": Told(_("Read, or to be read again"), "eye", ("U",), letter=True),
        "read_all": Told(_("Mark all as read"), "check", ("Shift+U",), letter=True),
        "quote": Told(_("Quote the passage"), "text-quote", ("C",), letter=True),
        "put_in_note": Told(_("Put in a note…"), "notebook-text", ("Shift+C",), letter=True),
        "highlight": Told(_("Highlight"), "highlighter", ("S",), letter=True),
        "annotate": Told(_("Comment…"), "message-square-text", ("A",), letter=True),
        "meaning": Told(_("What it means…"), "highlighter", ("Shift+S",), letter=True),
        "reply": Told(_("Answer…"), "message-square", ("Shift+A",), letter=True),
        "confirm_place": Told(_("The passage is here"), "check", ("Y",), letter=True),
        "attach_here": Told(_("Attach a lost passage here…"), "link", ("Shift+Y",), letter=True),
        "comments_about": Told(_("Comments about a person…"), "user", ("Ctrl+E, P",)),
        "citation_style": Told(_("How we cite…"), "quote", ("Ctrl+E, Q",)),
        "tag": Told(_("Theme…"), "tag", ("T",), letter=True),
        "dossier": Told(_("Dossier…"), "folder", ("D",), letter=True),
        "parcours": Told(_("Read the dossier in order"), "book-open", ("Ctrl+E, B",)),
        "parcours_next": Told(_("Read, next step"), "chevron-right", ("Ctrl+Return",)),
        "parcours_previous": Told(_("Previous step"), "chevron-left", ("Ctrl+Shift+Return",)),
        "parcours_quit": Told(_("Stop reading in order"), "x", ("Ctrl+E, Shift+B",)),
        "retry": Told(_("Capture the page again"), "refresh-cw", ("Ctrl+E, G",)),
        "open_original": Told(_("Open the original page"), "external-link", ("O",), letter=True),
        "add_source": Told(_("Add a source…"), "plus", ("Ctrl+Shift+A",)),
        "watch_page": Told(_("Watch a page…"), "eye", ("Ctrl+E, W",)),
        "import_sources": Told(_("Import…"), "upload", ("Ctrl+E, S",)),
        "export_sources": Told(_("Export…"), "download", ("Ctrl+E, Shift+S",)),
        "refresh_all": Told(_("Refresh all"), "refresh-cw", ("Ctrl+R",)),
        "stop_refresh": Told(_("Stop reading the sources"), "x", ("Ctrl+E, X",)),
        "sort_source": Told(_("Sort its articles"), "inbox", ("Ctrl+E, Y",), hint=_("Enter")),
        "refresh_source": Told(_("Refresh now"), "refresh-cw", ("Ctrl+E, F5",), hint="F5"),
        "open_site": Told(_("Open the site"), "external-link", ("Ctrl+E, T",)),
        "edit_source": Told(_("Edit…"), "pencil", ("Ctrl+E, F2",), hint="F2"),
        "choose_part": Told(_("Choose another part of the page…"), "list", ("Ctrl+E, E",)),
        "pause_source": Told(
            _("Pause, or take up again"), "eye-off", ("Ctrl+E, Space",), hint=_("Space")
        ),
        "unfollow": Told(_("Unfollow"), "trash", ("Ctrl+E, Del",), hint=_("Del")),
        "share": Told(_("Share…"), "share-2", ("P",), letter=True),
        "compare": Told(_("Compare the two versions"), "copy", ("F8",)),
        "sync": Told(_("Sync now"), "refresh-cw", ("F5",)),
        "create_space": Told(_("Create a space…"), "users", ("Ctrl+E, K",)),
        "join_space": Told(_("Join a space…"), "folder-open", ("Ctrl+E, J",)),
        "view_home": Told(_("Home"), "house", ("Alt+Home", "Ctrl+J, M")),
        "view_themes": Told(_("Themes"), "tags", ("Ctrl+J, H",)),
        "view_inbox": Told(_("To sort"), "inbox", ("Alt+T", "Ctrl+J, T")),
        "view_waiting": Told(_("Waiting"), "clock", ("Ctrl+J, W",)),
        "view_proposed": Told(_("Proposals"), "sparkles", ("Ctrl+J, R",)),
        "view_articles": Told(_("Articles"), "newspaper", ("Ctrl+J, A",)),
        "view_discarded": Told(_("Discards"), "archive", ("Ctrl+J, E",)),
        "view_quotes": Told(_("Quotes and highlights"), "text-quote", ("Ctrl+J, C",)),
        "view_questions": Told(_("Questions"), "message-square", ("Ctrl+J, Q",)),
        "view_astray": Told(_("Passages to confirm"), "triangle-alert", ("Ctrl+J, Y",)),
        "view_conflicts": Told(_("Two versions"), "copy", ("Ctrl+J, V",)),
        "view_notes": Told(_("Notes"), "notebook-text", ("Ctrl+J, N",)),
        "view_dossiers": Told(_("Dossiers"), "folder", ("Ctrl+J, D",)),
        "view_search": Told(_("Search"), "search", ("Ctrl+J, F",)),
        "view_sources": Told(_("Sources"), "rss", ("Ctrl+J, S",)),
        "view_spaces": Told(_("Spaces"), "users", ("Ctrl+J, P",)),
        "back": Told(_("Back to where I was"), "arrow-left", ("Alt+Left",)),
        "next": Told(_("Next"), "chevron-down", ("J",), letter=True),
        "previous": Told(_("Previous"), "chevron-left", ("K",), letter=True),
        "next_pane": Told(_("Next pane"), "chevron-right", ("F6",)),
        "previous_pane": Told(_("Previous pane"), "chevron-left", ("Shift+F6",)),
        "theme_system": Told(_("Colours of the system"), "settings", ("Ctrl+E, Shift+C",)),
        "theme_light": Told(_("Light colours"), "sun", ("Ctrl+E, Shift+L",)),
        "theme_dark": Told(_("Dark colours"), "moon", ("Ctrl+E, Shift+D",)),
        "letters": Told(_("Single-letter keys"), "keyboard", ("Ctrl+E, Shift+K",)),
        "guide": Told(_("Guide"), "book-open", ("Shift+F1",)),
        "keys": Told(_("Keys of this screen"), "keyboard", ("F1",)),
        "support": Told(_("Prepare a support file…"), "hard-drive", ("Ctrl+E, Z",)),
        "bring": Told(_("Bring what you have…"), "download", ("Ctrl+E, Shift+I",)),
        "welcome": Told(_("Welcome…"), "house", ("Ctrl+E, H",)),
        "demo": Told(_("Look at the demo memory"), "sparkles", ("Ctrl+E, Shift+E",)),
        "remove_demo": Told(_("Remove the demo memory"), "trash", ("Ctrl+E, Shift+Del",)),
        "who": Told(_("Who am I…"), "user", ("Ctrl+E, Shift+W",)),
    }


def make(parent: QObject) -> dict[str, QAction]:
    """Make the actions of a window; the keymap gives them their keys."""
    actions = {}
    for name, one in told().items():
        action = QAction(theme.icon(one.icon), one.name, parent)
        action.setObjectName(name)
        if one.letter:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        actions[name] = action
    return actions


def dress(actions: Mapping[str, QAction]) -> None:
    """Give the icons the colours in force."""
    for name, one in told().items():
        actions[name].setIcon(theme.icon(one.icon))
