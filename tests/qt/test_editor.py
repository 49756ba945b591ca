"""The text of a note, from the keyboard: what keys do to Markdown, completion, pictures, colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from veille.ui import actions, theme
from veille.ui.app import application
from veille.ui.notes import marks, pasting, places, shortcuts
from veille.ui.notes.colouring import ACCENT, BOLD, ITALIC, MONO, MUTED, STRUCK, colours_of
from veille.ui.notes.editor import Editor
from veille.ui.notes.naming import Asked, fragment
from veille.ui.notes.shortcuts import Lines
from veille.ui.notes.toolbar import KEYS, Act
from veille.ui.offering import MOST_LINES, Offer

ICONS = Path(__file__).parents[2] / "resources" / "icons"
KEY = Qt.Key
CTRL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def dressed(qapp: object) -> None:
    theme.find_icons(ICONS)
    theme.apply(application(), "light")


@pytest.fixture
def page(dressed: None, qtbot: QtBot) -> QWidget:
    """A window with a text, and a field the focus can go to."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(Editor())
    column.addWidget(QLineEdit())
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def editor(page: QWidget, qtbot: QtBot) -> Editor:
    made = page.findChild(Editor, "noteText")
    assert made is not None
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def held(picture: str) -> Lines:
    """Read a picture of lines: ‹ is where the selection began, | the cursor."""
    plain = picture.replace("‹", "").replace("|", "")
    at = picture.replace("‹", "").index("|")
    anchor = picture.replace("|", "").index("‹") if "‹" in picture else at
    return Lines(plain, anchor, at)


def drawn(lines: Lines | None) -> str | None:
    """Draw lines as ``held`` reads them."""
    if lines is None:
        return None
    signs = [(lines.at, "|")]
    if lines.anchor != lines.at:
        signs.append((lines.anchor, "‹"))
    text = lines.text
    for place, sign in sorted(signs, reverse=True):
        text = text[:place] + sign + text[place:]
    return text


def put(editor: Editor, picture: str) -> None:
    lines = held(picture)
    editor.setPlainText(lines.text)
    cursor = editor.textCursor()
    cursor.setPosition(places.units(lines.text[: lines.anchor]))
    cursor.setPosition(places.units(lines.text[: lines.at]), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def seen(editor: Editor) -> str | None:
    text, cursor = editor.plain(), editor.textCursor()
    anchor, at = (places.index(text, one) for one in (cursor.anchor(), cursor.position()))
    return drawn(Lines(text, anchor, at))


# --- what keys do to lines, without a window -----------------------------------------------------

TABLE: tuple[tuple[Act, str, str | None], ...] = (
    # Enter
    (shortcuts.continued, "- un|", "- un\n- |"),
    (shortcuts.continued, "* un| deux", "* un\n* |deux"),
    (shortcuts.continued, "  - un|", "  - un\n  - |"),
    (shortcuts.continued, "9. neuf|", "9. neuf\n10. |"),
    (shortcuts.continued, "3) trois|", "3) trois\n4) |"),
    (shortcuts.continued, "- [x] fait|", "- [x] fait\n- [ ] |"),
    (shortcuts.continued, "- [ ] à faire|", "- [ ] à faire\n- [ ] |"),
    (shortcuts.continued, "> cité|", "> cité\n> |"),
    (shortcuts.continued, "> - cité|", "> - cité\n> - |"),
    (shortcuts.continued, "- |", "|"),
    (shortcuts.continued, "- [ ] |", "|"),
    (shortcuts.continued, "- [ ]|", "|"),
    (shortcuts.continued, "12. |", "|"),
    (shortcuts.continued, "  - |", "- |"),
    (shortcuts.continued, "> |", "|"),
    (shortcuts.continued, "> > |", "> |"),
    (shortcuts.continued, "> - |", "> |"),
    (shortcuts.continued, "prose|", None),
    (shortcuts.continued, "|- un", None),
    (shortcuts.continued, "-|", None),
    (shortcuts.continued, "- - -|", None),
    (shortcuts.continued, "* * *|", None),
    (shortcuts.continued, "**gras**|", None),
    (shortcuts.continued, "2024. Une année|", "2024. Une année\n2025. |"),
    (shortcuts.continued, "- ‹un|", None),
    # Tab
    (shortcuts.indented, "- un|", "  - un|"),
    (shortcuts.indented, "1. u|n", "  1. u|n"),
    (shortcuts.indented, "> - un|", ">   - un|"),
    (shortcuts.indented, "- u‹n\n- de|ux", "  - u‹n\n  - de|ux"),
    (shortcuts.indented, "prose|", None),
    (lambda one: shortcuts.indented(one, back=True), "  - un|", "- un|"),
    (lambda one: shortcuts.indented(one, back=True), "\t- un|", "- un|"),
    (lambda one: shortcuts.indented(one, back=True), " - un|", "- un|"),
    (lambda one: shortcuts.indented(one, back=True), "- un|", "- un|"),
    # lists
    (shortcuts.bulleted, "u|n", "- u|n"),
    (shortcuts.bulleted, "- u|n", "u|n"),
    (shortcuts.bulleted, "|", "- |"),
    (shortcuts.bulleted, "‹un\n\ndeux|", "- ‹un\n\n- deux|"),
    (shortcuts.bulleted, "|un\ndeux‹", "- |un\n- deux‹"),
    (shortcuts.bulleted, "‹un\n|deux", "- ‹un\n|deux"),
    (shortcuts.bulleted, "‹- un\ndeux|", "‹- un\n- deux|"),
    (shortcuts.bulleted, "1. u|n", "- u|n"),
    (shortcuts.bulleted, "- [ ] u|n", "- u|n"),
    (shortcuts.bulleted, "## T|itre", "- T|itre"),
    (shortcuts.numbered, "‹a\nb\nc|", "1. ‹a\n2. b\n3. c|"),
    (shortcuts.numbered, "‹- a\n  - b\n  - c\n- d|", "‹1. a\n  1. b\n  2. c\n2. d|"),
    (shortcuts.numbered, "‹1. a\n2. b|", "‹a\nb|"),
    (shortcuts.tasked, "u|n", "- [ ] u|n"),
    (shortcuts.tasked, "- u|n", "- [ ] u|n"),
    (shortcuts.tasked, "- [ ] u|n", "- [x] u|n"),
    (shortcuts.tasked, "- [x] u|n", "- [ ] u|n"),
    (shortcuts.tasked, "‹- [x] a\n- [ ] b|", "‹- [x] a\n- [x] b|"),
    (shortcuts.quoted, "‹un\n\ndeux|", "> ‹un\n> \n> deux|"),
    (shortcuts.quoted, "> u|n", "u|n"),
    (shortcuts.quoted, "> > u|n", "> u|n"),
    (shortcuts.headed, "Ti|tre", "## Ti|tre"),
    (shortcuts.headed, "## Ti|tre", "### Ti|tre"),
    (shortcuts.headed, "### Ti|tre", "Ti|tre"),
    (shortcuts.headed, "# Ti|tre", "## Ti|tre"),
    (shortcuts.headed, "|", "## |"),
    (shortcuts.headed, "- Ti|tre", "## Ti|tre"),
    # moving
    (shortcuts.moved_up, "a\nb|b\nc", "b|b\na\nc"),
    (shortcuts.moved_up, "|a\nb", None),
    (shortcuts.moved_up, "a\n‹b\nc|\nd", "‹b\nc|\na\nd"),
    (shortcuts.moved_down, "a|a\nb", "b\na|a"),
    (shortcuts.moved_down, "a\nb|", None),
    (shortcuts.moved_down, "‹a\n|b\nc", "b\n‹a\n|c"),
    # words
    (marks.emboldened, "un ‹mot| ici", "un **‹mot|** ici"),
    (marks.emboldened, "un **‹mot|** ici", "un ‹mot| ici"),
    (marks.emboldened, "un ‹**mot**| ici", "un ‹mot| ici"),
    (marks.emboldened, "un m|ot ici", "un **‹mot|** ici"),
    (marks.emboldened, "un **deux m|ots** ici", "un deux m|ots ici"),
    (marks.emboldened, "un |", "un **|**"),
    (marks.emboldened, "un **|**", "un |"),
    (marks.emboldened, "un **mot|**", "un **mot**|"),
    (marks.emboldened, "|mot **gras**‹", "**|mot gras‹**"),
    (marks.emboldened, "‹mot |suite", "**‹mot|** suite"),
    (marks.emboldened, "‹*mot*|", "**‹*mot*|**"),
    (marks.emboldened, "***‹mot|***", "*‹mot|*"),
    (marks.emboldened, "- ‹un\n- deux|", "- **‹un**\n- **deux|**"),
    (marks.emboldened, "‹- **un**\n- **deux**|", "- ‹un\n- deux|"),
    (marks.emboldened, "‹- **un**\n- deux|", "- ‹**un**\n- **deux|**"),
    (marks.emboldened, "‹un\n-| ", "**‹un|**\n- "),
    (marks.italicised, "‹mot|", "*‹mot|*"),
    (marks.italicised, "*‹mot|*", "‹mot|"),
    (marks.italicised, "**‹mot|**", "***‹mot|***"),
    (marks.italicised, "***‹mot|***", "**‹mot|**"),
    (marks.italicised, "* un m|ot", "* un *‹mot|*"),
    (marks.italicised, "2 * 3 et ‹mot|", "2 * 3 et *‹mot|*"),
    (marks.struck, "‹mot|", "~~‹mot|~~"),
    (marks.struck, "~~m|ot~~", "m|ot"),
    (marks.linked, "voir |", "voir [[|]]"),
    (marks.linked, "voir ‹Plan| B", "voir [[Plan|]] B"),
    (marks.linked, "‹a\nb|", None),
    (marks.web_linked, "‹mots|", "[mots](|)"),
    (marks.web_linked, "|", "[|]()"),
    (marks.web_linked, "‹https://a.example/x|", "[|](https://a.example/x)"),
    (marks.web_linked, "‹a [b]|", "[a \\[b\\]](|)"),
)


@pytest.mark.parametrize(("act", "before", "after"), TABLE)
def test_a_key_does_what_it_says_to_lines(act: Act, before: str, after: str | None) -> None:
    assert drawn(act(held(before))) == after


def test_a_typed_mark_goes_on_both_sides_of_the_selection() -> None:
    assert drawn(marks.wrapped(held("un ‹mot| ici"), "[")) == "un [‹mot|] ici"
    assert drawn(marks.wrapped(held("un |mot‹ ici"), "`")) == "un `|mot‹` ici"


WORDS = st.text("ab é🚲*_~`[]", max_size=12)
ROWS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "> ", "> > "]),
        st.sampled_from(["", "  ", "    ", "\t"]),
        st.sampled_from(["", "- ", "* ", "1. ", "7) ", "- [ ] ", "- [x] ", "## ", "---"]),
        WORDS,
    ),
)


@st.composite
def noted(draw: st.DrawFn) -> Lines:
    text = "\n".join(draw(st.lists(ROWS, min_size=1, max_size=5)))
    place = st.integers(0, len(text))
    return Lines(text, draw(place), draw(place))


@given(noted())
def test_a_selection_stays_inside_the_text_whatever_the_key(lines: Lines) -> None:
    for act in (*(one.act for one in KEYS), shortcuts.continued, shortcuts.indented):
        new = act(lines) if act is not None else None
        if new is not None:
            assert 0 <= new.start <= new.end <= len(new.text)


@given(noted())
def test_taking_a_line_apart_gives_it_back(lines: Lines) -> None:
    for row in lines.text.split("\n"):
        assert shortcuts.written(shortcuts.parsed(row)) == row


@given(noted())
def test_moving_down_then_up_gives_the_text_back(lines: Lines) -> None:
    down = shortcuts.moved_down(lines)
    if down is not None:
        up = shortcuts.moved_up(down)
        assert up is not None
        assert up.text == lines.text


@given(ROWS.filter(lambda row: row.strip() != ""))
def test_enter_loses_no_word_and_comes_to_an_end(row: str) -> None:
    lines = Lines(row, len(row), len(row))
    new = shortcuts.continued(lines)
    if new is None:
        return
    if "\n" in new.text:
        above, below = new.text.split("\n")
        assert above == row
        assert shortcuts.parsed(below).rest == ""
        assert shortcuts.parsed(below).kind == shortcuts.parsed(row).kind
        assert not shortcuts.parsed(below).is_done
    # Pressed again and again on what is empty, it ends every list and every quote.
    for _again in range(12):
        last = new.text.rsplit("\n", 1)[-1]
        new = shortcuts.continued(Lines(last, len(last), len(last)))
        if new is None:
            break
        assert "\n" not in new.text
    assert new is None


@given(noted())
def test_bold_pressed_twice_on_words_gives_them_back(lines: Lines) -> None:
    if any(sign in lines.text for sign in "*_~`\\") or lines.anchor == lines.at:
        return
    once = marks.emboldened(lines)
    if once.text != lines.text:
        assert marks.emboldened(once).text == lines.text


# --- what is being named -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "kind", "typed"),
    [
        ("voir [[", "link", ""),
        ("voir [[Plan vé", "link", "Plan vé"),
        ("![[", "embed", ""),
        ("![[?inondation", "embed", "?inondation"),
        ("[[#Mob", "theme", "Mob"),
        ("[[@Ann", "person", "Ann"),
        ("@", "person", ""),
        ("dit @Anne Mar", "person", "Anne Mar"),
        ("l’@Anne", "person", "Anne"),
        ("(#Mobilités/Vé", "theme", "Mobilités/Vé"),
        ("#mob", "theme", "mob"),
        ("voir #", "theme", ""),
    ],
)
def test_what_is_being_named_is_known_by_its_mark(before: str, kind: str, typed: str) -> None:
    found = fragment(before)
    assert found is not None
    assert (found.kind, found.typed) == (kind, typed)
    assert before.endswith(found.mark + typed)


@pytest.mark.parametrize(
    "before",
    ["", "mot", "[[Plan]] ", "[[Plan|mots", "anne@ville.fr", "# ", "## Titre", "#", "  #", "##",
     "https://a.example/#part", "`[[x", "`@anne", "@Anne  ", "@Anne a dit que", "[[" + "x" * 80,
     "C# "],
)  # fmt: skip
def test_nothing_is_named_where_a_sign_is_only_a_sign(before: str) -> None:
    assert fragment(before) is None


@given(st.text("[[]]!@#|` aé🚲", max_size=40))
def test_reading_what_is_named_never_fails(before: str) -> None:
    found = fragment(before)
    assert found is None or before.endswith(found.mark + found.typed)


# --- completion, from the keyboard ---------------------------------------------------------------

OFFERS = (
    Offer("[[Plan vélo]]", "Plan vélo", "note", "notebook-text"),
    Offer("[[n-0123456789abcdef|Plan climat]]", "Plan climat", "dossier", "folder"),
)


def write(editor: Editor, text: str) -> None:
    """Type; Qt's own helper aborts on letters with accents."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            application().sendEvent(editor, QKeyEvent(kind, 0, NONE, letter))


def type_and_ask(editor: Editor, qtbot: QtBot, typed: str) -> Asked:
    with qtbot.waitSignal(editor.completion_wanted) as asked:
        write(editor, typed)
    question = asked.args[0]
    assert isinstance(question, Asked)
    return question


def shown(editor: Editor) -> QListView:
    found = editor.window().findChild(QListView, "offers")
    assert found is not None
    return found


def test_typing_quickly_asks_once_for_all_that_was_typed(editor: Editor, qtbot: QtBot) -> None:
    questions: list[Asked] = []
    editor.completion_wanted.connect(questions.append)
    asked = type_and_ask(editor, qtbot, "voir [[Plan")
    assert (asked.kind, asked.typed) == ("link", "Plan")
    assert questions == [asked]


def test_enter_writes_the_offer_and_the_focus_never_leaves(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "🚲 |")
    asked = type_and_ask(editor, qtbot, "voir [[Pla")
    editor.offer(asked, OFFERS)
    assert shown(editor).isVisible()
    assert editor.hasFocus()
    qtbot.keyClick(editor, KEY.Key_Down)
    qtbot.keyClick(editor, KEY.Key_Return)
    assert (
        seen(editor) == "🚲 voir [[n-0123456789abcdef|Plan climat]]|".replace("|]", "|]")[:-1] + "|"
    )
    assert not shown(editor).isVisible()
    editor.undo()
    assert editor.plain() == "🚲 voir [[Pla"


def test_tab_takes_the_offer_and_closing_brackets_are_not_doubled(
    editor: Editor, qtbot: QtBot
) -> None:
    put(editor, "|")
    with qtbot.waitSignal(editor.completion_wanted):
        qtbot.keyClick(editor, KEY.Key_L, CTRL)
    assert seen(editor) == "[[|]]"
    asked = type_and_ask(editor, qtbot, "pl")
    editor.offer(asked, OFFERS)
    qtbot.keyClick(editor, KEY.Key_Tab)
    assert seen(editor) == "[[Plan vélo]]|"
    assert editor.hasFocus()


def test_a_person_and_a_theme_become_links(editor: Editor, qtbot: QtBot) -> None:
    asked = type_and_ask(editor, qtbot, "dit @Ann")
    assert asked.kind == "person"
    editor.offer(asked, [Offer("[[p-0123456789abcdef|Anne Martin]]", "Anne Martin")])
    qtbot.keyClick(editor, KEY.Key_Return)
    asked = type_and_ask(editor, qtbot, " #mob")
    assert asked.kind == "theme"
    editor.offer(asked, [Offer("[[#Mobilités]]", "Mobilités")])
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.plain() == "dit [[p-0123456789abcdef|Anne Martin]] [[#Mobilités]]"


def test_escape_closes_and_stays_closed_until_another_mark(editor: Editor, qtbot: QtBot) -> None:
    editor.offer(type_and_ask(editor, qtbot, "#mo"), OFFERS)
    qtbot.keyClick(editor, KEY.Key_Escape)
    assert not shown(editor).isVisible()
    with qtbot.assertNotEmitted(editor.completion_wanted, wait=120):
        write(editor, "bi")
    assert type_and_ask(editor, qtbot, " et #vé").typed == "vé"
    assert editor.plain() == "#mobi et #vé"


def test_an_answer_that_comes_too_late_is_dropped(editor: Editor, qtbot: QtBot) -> None:
    first = type_and_ask(editor, qtbot, "[[Pl")
    second = type_and_ask(editor, qtbot, "an")
    editor.offer(first, OFFERS)
    assert not shown(editor).isVisible()
    write(editor, " v")
    editor.offer(second, OFFERS)
    assert not shown(editor).isVisible(), "more was typed since"
    write(editor, "élo]] fini")
    editor.offer(second, OFFERS)
    assert not shown(editor).isVisible()
    assert editor.plain() == "[[Plan vélo]] fini"


def test_enter_pressed_before_the_answer_takes_only_what_is_meant(
    editor: Editor, qtbot: QtBot
) -> None:
    editor.offer(type_and_ask(editor, qtbot, "[[Plan"), OFFERS)
    write(editor, " VE")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.plain() == "[[Plan vélo]]"
    editor.clear()
    editor.offer(type_and_ask(editor, qtbot, "[[Plan"), OFFERS)
    write(editor, " B]]")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.plain() == "[[Plan B]]\n", "a note that is yet to be written"


def test_an_answer_to_a_text_that_was_left_is_dropped(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    asked = type_and_ask(editor, qtbot, "[[P")
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    editor.setFocus()
    editor.offer(asked, OFFERS)
    assert not shown(editor).isVisible()


def test_nothing_offered_hides_the_list(editor: Editor, qtbot: QtBot) -> None:
    editor.offer(type_and_ask(editor, qtbot, "[[P"), OFFERS)
    assert shown(editor).isVisible()
    editor.offer(type_and_ask(editor, qtbot, "q"), ())
    assert not shown(editor).isVisible()
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.plain() == "[[Pq\n"


def test_nothing_is_asked_in_code(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "```\n|\n```")
    with qtbot.assertNotEmitted(editor.completion_wanted, wait=120):
        write(editor, "[[x #a @b")


def test_the_list_closes_when_the_text_loses_the_focus_or_is_left(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    editor.offer(type_and_ask(editor, qtbot, "[[P"), OFFERS)
    qtbot.keyClick(editor, KEY.Key_Home)
    assert not shown(editor).isVisible()
    qtbot.keyClick(editor, KEY.Key_End)
    editor.offer(type_and_ask(editor, qtbot, "l"), OFFERS)
    assert shown(editor).isVisible()
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    assert not shown(editor).isVisible()


def test_a_click_on_an_offer_takes_it(editor: Editor, qtbot: QtBot) -> None:
    editor.offer(type_and_ask(editor, qtbot, "[[P"), OFFERS)
    listed = shown(editor)
    place = listed.visualRect(listed.model().index(1, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.plain() == OFFERS[1].insert
    assert editor.hasFocus()


def test_the_list_shows_twelve_lines_and_stays_in_the_window(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    many = [Offer(f"[[{n}]]", f"Note {n}", "détail " * 30) for n in range(40)]
    editor.offer(type_and_ask(editor, qtbot, "[[N"), many)
    listed = shown(editor)
    row = listed.visualRect(listed.model().index(0, 0)).height()
    assert listed.viewport().height() // row <= MOST_LINES
    assert page.rect().contains(listed.geometry())
    qtbot.keyClick(editor, KEY.Key_Up)
    assert listed.currentIndex().row() == 39
    assert listed.rect().contains(listed.visualRect(listed.currentIndex()).center())


def test_at_the_foot_of_the_window_the_list_opens_upwards(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    put(editor, "\n" * 60 + "|")
    editor.ensureCursorVisible()
    many = [Offer(f"[[{n}]]", f"Note {n}") for n in range(12)]
    editor.offer(type_and_ask(editor, qtbot, "[[N"), many)
    line = editor.viewport().mapTo(page, editor.cursorRect().topLeft()).y()
    assert shown(editor).geometry().bottom() <= line
    assert page.rect().contains(shown(editor).geometry())


def test_the_list_says_its_rows_in_words(editor: Editor, qtbot: QtBot) -> None:
    editor.offer(type_and_ask(editor, qtbot, "[[P"), OFFERS)
    listed = shown(editor)
    assert listed.accessibleName()
    said = listed.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Plan vélo, note"
    assert listed.model().rowCount(listed.model().index(0, 0)) == 0
    QAbstractItemModelTester(listed.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    editor.offer(type_and_ask(editor, qtbot, "l"), OFFERS[:1])
    assert listed.model().rowCount() == 1


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        ("Ctrl+B", "🚲 un ‹mot|", "🚲 un **‹mot|**"),
        ("Ctrl+I", "m|ot", "*‹mot|*"),
        ("Ctrl+Shift+X", "‹mot|", "~~‹mot|~~"),
        ("Ctrl+Shift+H", "🚲 Ti|tre\nsuite", "## 🚲 Ti|tre\nsuite"),
        ("Ctrl+Shift+L", "avant\n‹🚲\ndeux|\naprès", "avant\n- ‹🚲\n- deux|\naprès"),
        ("Ctrl+Shift+U", "u|n", "- u|n"),
        ("Ctrl+Shift+O", "‹un\ndeux|", "1. ‹un\n2. deux|"),
        ("Ctrl+Shift+J", "- [ ] u|n", "- [x] u|n"),
        ("Ctrl+Shift+B", "u|n", "> u|n"),
        ("Ctrl+Shift+K", "‹mots|", "[mots](|)"),
        ("Alt+Up", "un\n🚲|\ntrois", "🚲|\nun\ntrois"),
        ("Alt+Down", "un\n‹🚲\ntrois|\nquatre", "un\nquatre\n‹🚲\ntrois|"),
        ("Return", "1. 🚲 un|", "1. 🚲 un\n2. |"),
        ("Return", "- |", "|"),
        ("Shift+Return", "- un|", "- un\n|"),
        ("Tab", "- u|n", "  - u|n"),
        ("Shift+Tab", "  - u|n", "- u|n"),
        ("*", "un ‹mot|", "un *‹mot|*"),
        ("`", "un ‹mot|", "un `‹mot|`"),
        ("_", "un ‹mot|", "un _‹mot|_"),
        ("[", "un ‹mot|", "un [‹mot|]"),
        ('"', "un ‹mot|", 'un "|'),
    ],
)
def test_a_key_is_one_step_to_undo(
    editor: Editor, qtbot: QtBot, keys: str, before: str, after: str
) -> None:
    put(editor, before)
    press(editor, qtbot, keys)
    assert seen(editor) == after
    editor.undo()
    assert editor.plain() == held(before).text
    assert not editor.document().isUndoAvailable()
    editor.redo()
    assert editor.plain() == held(after).text


def press(editor: Editor, qtbot: QtBot, keys: str) -> None:
    if len(keys) == 1:
        write(editor, keys)
        return
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(editor, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize(
    ("typed", "keys", "after"),
    [
        ("- un", "Return", "- un\n- "),
        ("un ", "Ctrl+B", "un ****"),
        ("un ", "Ctrl+L", "un [[]]"),
        ("un", "Shift+Return", "un\n"),
        ("- un", "Tab", "  - un"),
    ],
)
def test_undoing_a_key_leaves_what_was_typed_before_and_takes_what_was_typed_after(
    editor: Editor, qtbot: QtBot, typed: str, keys: str, after: str
) -> None:
    write(editor, typed)
    press(editor, qtbot, keys)
    assert editor.plain() == after
    write(editor, "x")
    editor.undo()
    assert editor.plain() == after
    editor.undo()
    assert editor.plain() == typed


def test_tab_moves_the_focus_outside_lists(page: QWidget, editor: Editor, qtbot: QtBot) -> None:
    put(editor, "prose|")
    qtbot.keyClick(editor, KEY.Key_Tab)
    assert page.focusWidget() is page.findChild(QLineEdit)
    assert editor.plain() == "prose"


def test_enter_in_code_is_an_ordinary_enter(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "```\n- un|\n```")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert seen(editor) == "```\n- un\n|\n```"


def test_every_key_of_the_text_is_free_in_the_window() -> None:
    taken = {QKeySequence(keys).toString() for one in actions.told().values() for keys in one.keys}
    ours = [keys for one in KEYS for keys in one.keys]
    assert not taken & set(ours)
    assert len(ours) == len(set(ours))
    for keys in ours:
        assert QKeySequence(keys).toString() == keys
        assert "Ctrl+Alt" not in keys


def test_every_key_has_a_name_and_the_pictures_exist(dressed: None) -> None:
    for one in KEYS:
        assert one.label
        assert one.label in one.tip
        assert not one.icon or (ICONS / f"{one.icon}.svg").is_file()
    assert KEYS[0].tip == "Bold (Ctrl+B)"


def test_keys_act_only_in_the_text_and_the_window_keeps_its_own(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    heard: list[str] = []
    for keys in ("Ctrl+K", "Ctrl+Shift+B"):
        action = QAction(page)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False, keys=keys: heard.append(keys))
        page.addAction(action)
    put(editor, "u|n")
    qtbot.keyClick(editor, KEY.Key_K, CTRL)
    assert (heard, editor.plain()) == (["Ctrl+K"], "un")
    qtbot.keyClick(editor, KEY.Key_B, CTRL | SHIFT)
    assert (heard, editor.plain()) == (["Ctrl+K"], "> un")
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, KEY.Key_B, CTRL | SHIFT)
    assert (heard, editor.plain()) == (["Ctrl+K", "Ctrl+Shift+B"], "> un")


def test_a_button_does_what_its_key_does_and_gives_the_focus_back(
    page: QWidget, editor: Editor
) -> None:
    field = page.findChild(QLineEdit)
    assert field is not None
    put(editor, "‹mot|")
    field.setFocus()
    editor.act("bold")
    assert seen(editor) == "**‹mot|**"
    assert editor.hasFocus()


def test_a_text_that_is_only_read_takes_no_key(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "- u‹n|")
    editor.setReadOnly(True)
    for keys in ("Ctrl+B", "Ctrl+Shift+L", "Alt+Up", "Return", "Shift+Tab", "*", "Ctrl+Shift+V"):
        editor.setFocus()
        press(editor, qtbot, keys)
    editor.act("bold")
    assert editor.plain() == "- un"


def test_four_thousand_lines_become_a_list_quickly(editor: Editor, qtbot: QtBot) -> None:
    editor.setPlainText("une ligne de texte\n" * 4_000)
    editor.selectAll()
    watch = QElapsedTimer()
    watch.start()
    press(editor, qtbot, "Ctrl+Shift+L")
    assert editor.plain().count("- une") == 4_000
    assert watch.elapsed() < 3_000


# --- pasting and dropping ------------------------------------------------------------------------


def paste(editor: Editor, qtbot: QtBot, mime: QMimeData, keys: str = "Ctrl+V") -> None:
    QGuiApplication.clipboard().setMimeData(mime)
    press(editor, qtbot, keys)


def text_mime(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def test_a_page_is_pasted_as_its_words(editor: Editor, qtbot: QtBot) -> None:
    mime = text_mime("un\r\ndeux\u2028trois\x00\x07\u00a0: « quatre »\ufffc")
    mime.setHtml("<b>un</b><img src='file:///etc/passwd'>")
    paste(editor, qtbot, mime)
    assert editor.plain() == "un\ndeux\ntrois\u00a0: « quatre »"
    editor.undo()
    assert editor.plain() == ""
    only_html = QMimeData()
    only_html.setHtml("<p>un</p><p><b>deux</b></p>")
    paste(editor, qtbot, only_html)
    assert editor.plain() == "un\ndeux"


def test_an_address_pasted_on_words_makes_them_a_link(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "voir ‹le [compte] rendu| ici")
    paste(editor, qtbot, text_mime(" https://a.example/x_(y)?z=1 \n"))
    assert seen(editor) == "voir [le \\[compte\\] rendu](https://a.example/x_%28y%29?z=1)| ici"
    editor.undo()
    assert editor.plain() == "voir le [compte] rendu ici"
    put(editor, "voir ‹ceci|")
    paste(editor, qtbot, text_mime("https://a.example/x"), "Ctrl+Shift+V")
    assert editor.plain() == "voir https://a.example/x"
    put(editor, "voir ‹ceci|")
    paste(editor, qtbot, text_mime("veille:n-0123456789abcdef"))
    assert editor.plain() == "voir veille:n-0123456789abcdef"
    put(editor, "voir |")
    listed = QMimeData()
    listed.setUrls([QUrl("https://a.example/x")])
    paste(editor, qtbot, listed)
    assert editor.plain() == "voir https://a.example/x"


def test_a_copied_picture_is_given_and_shown_where_the_cursor_is(
    editor: Editor, qtbot: QtBot
) -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(image)
    with qtbot.waitSignal(editor.picture_given) as given:
        paste(editor, qtbot, mime)
    data = given.args[0]
    assert isinstance(data, bytes)
    assert QImage.fromData(data).size() == image.size()
    assert editor.plain() == ""
    editor.insert_picture("blob:" + "0" * 64, "Le [plan]\nde la ville")
    assert editor.plain() == f"![Le \\[plan\\] de la ville](blob:{'0' * 64})"


def test_words_copied_with_their_picture_are_words(editor: Editor, qtbot: QtBot) -> None:
    mime = text_mime("A1\tB1")
    mime.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
    with qtbot.assertNotEmitted(editor.picture_given):
        paste(editor, qtbot, mime)
    assert editor.plain() == "A1\tB1"


def drop(editor: Editor, mime: QMimeData) -> bool:
    place, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    button = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, copy, mime, button, NONE)
    application().sendEvent(editor.viewport(), enter)
    event = QDropEvent(QPointF(place), copy, mime, button, NONE)
    application().sendEvent(editor.viewport(), event)
    return enter.isAccepted()


def files(*paths: Path | str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls(
        [QUrl(one) if isinstance(one, str) else QUrl.fromLocalFile(str(one)) for one in paths]
    )
    return mime


def test_picture_files_are_given_as_they_are(editor: Editor, tmp_path: Path) -> None:
    given: list[bytes] = []
    editor.picture_given.connect(given.append)
    for name, data in (
        ("a.png", PNG),
        ("b.JPG", b"\xff\xd8\xff\xe0" + b"x" * 9),
        ("c.png", b"non"),
    ):
        (tmp_path / name).write_bytes(data)
    big = tmp_path / "big.png"
    with big.open("wb") as file:
        file.write(PNG)
        file.truncate(pasting.BIGGEST + 1)
    (tmp_path / "dir.png").mkdir()
    names = ("a.png", "b.JPG", "c.png", "big.png", "dir.png", "none.png")
    assert drop(editor, files(*(tmp_path / name for name in names)))
    assert given == [PNG, b"\xff\xd8\xff\xe0" + b"x" * 9]
    assert editor.plain() == ""


def test_other_files_are_left_to_the_window(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("x")
    given: list[bytes] = []
    editor.picture_given.connect(given.append)
    assert not drop(editor, files(tmp_path / "page.html"))
    assert not drop(editor, files("file://server/share/a.png")), "it would be told who asks"
    assert (given, editor.plain()) == ([], "")


@given(st.text(max_size=60))
def test_pasted_text_holds_no_control_character(text: str) -> None:
    cleaned = pasting.clean(text)
    assert not any(ord(one) < 32 and one not in "\t\n" for one in cleaned)
    assert not set(cleaned) & set("\x7f\u2028\u2029\ufdd0\ufffc")
    assert pasting.clean(cleaned) == cleaned


# --- colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words", "trait"),
    [
        ("## Titre", "Titre", BOLD),
        ("## Titre", "##", BOLD | MUTED),
        ("du **gras** ici", "gras", BOLD),
        ("du *penché* ici", "penché", ITALIC),
        ("***les deux***", "les deux", BOLD | ITALIC),
        ("~~barré~~", "barré", STRUCK),
        ("[[Plan vélo]]", "Plan vélo", ACCENT | MUTED),
        ("[[n-0123456789abcdef|Plan]]", "n-0123456789abcdef", MUTED),
        ("[[n-0123456789abcdef|Plan]]", "Plan", ACCENT | MUTED),
        ("![[q-0123456789abcdef]]", "q-0123456789abcdef", MUTED),
        ("[mots](https://a.example)", "mots", ACCENT | MUTED),
        ("[mots](https://a.example)", "https://a.example", MUTED),
        ("voir https://a.example/*x* là", "https://a.example/*x*", ACCENT),
        ("du `code **pas gras**` ici", "pas gras", MONO | MUTED),
        ("- un", "-", MUTED),
        ("> cité", ">", MUTED),
        ("- [x] fait", "fait", MUTED | STRUCK),
        ("2 * 3 * 4", "3", 0),
        ("snake * etoile", "etoile", 0),
    ],
)
def test_words_stand_out_and_marks_step_back(line: str, words: str, trait: int) -> None:
    traits, _goes_on = colours_of(line, in_code=False)
    start = line.index(words)
    got = traits[start : start + len(words)] or bytes(len(words))
    assert got == bytes((trait,)) * len(words)


@given(st.text("*~`[]()|!#>- 1.xé🚲\\", max_size=80), st.booleans())
def test_colouring_never_fails(line: str, in_code: bool) -> None:
    traits, _goes_on = colours_of(line, in_code=in_code)
    assert len(traits) in (0, len(line))


@pytest.mark.parametrize("piece", ["[", "*", "**a ", "`", "![[", "> ", "~~", "[^", "[a](", "- "])
def test_a_hostile_line_is_coloured_in_no_time(piece: str) -> None:
    watch = QElapsedTimer()
    watch.start()
    colours_of(piece * (250_000 // len(piece)), in_code=False)
    assert watch.elapsed() < 500


def foreground(editor: Editor, line: int, column: int) -> str:
    block = editor.document().findBlockByNumber(line)
    for one in block.layout().formats():
        if one.start <= column < one.start + one.length:
            return str(one.format.foreground().color().name())
    return ""


def test_the_colours_are_those_in_force(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "🚲 [[Plan]]|")
    assert foreground(editor, 0, 5) == theme.LIGHT.accent
    theme.apply(application(), "dark")
    editor.dress()
    qtbot.waitUntil(lambda: foreground(editor, 0, 5) == theme.DARK.accent)
    theme.apply(application(), "light")


def test_a_long_text_is_coloured_in_steps_that_nobody_takes_for_typing(
    editor: Editor, qtbot: QtBot
) -> None:
    heard: list[bool] = []
    editor.setPlainText("ligne [[Plan]]\n" * 3_000)
    assert foreground(editor, 0, 8) == theme.LIGHT.accent, "what is seen, at once"
    assert foreground(editor, 2_900, 8) == ""
    revision = editor.revision
    editor.textChanged.connect(lambda: heard.append(True))
    qtbot.waitUntil(lambda: foreground(editor, 2_999, 8) == theme.LIGHT.accent)
    assert (editor.revision, heard) == (revision, [])
    assert not editor.document().isUndoAvailable()


def test_a_fence_opened_at_the_top_reaches_the_end(editor: Editor, qtbot: QtBot) -> None:
    editor.setPlainText("ligne [[Plan]]\n" * 1_000)
    qtbot.waitUntil(lambda: foreground(editor, 999, 8) == theme.LIGHT.accent)
    write(editor, "```")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: foreground(editor, 1_000, 8) == theme.LIGHT.muted)
    while editor.document().isUndoAvailable():
        editor.undo()
    qtbot.waitUntil(lambda: foreground(editor, 999, 8) == theme.LIGHT.accent)


# --- the text itself -----------------------------------------------------------------------------


def test_the_text_is_given_as_it_is(editor: Editor) -> None:
    text = "Quoi\u00a0: «\u202foui\u202f» 🚲\n\nfin\t."
    editor.setPlainText(text)
    assert editor.plain() == text


def test_a_revision_tells_that_something_was_typed(editor: Editor, qtbot: QtBot) -> None:
    put(editor, "un|")
    before = editor.revision
    qtbot.keyClick(editor, KEY.Key_Left)
    assert editor.revision == before
    write(editor, "x")
    typed = editor.revision
    assert typed > before
    editor.undo()
    assert editor.revision > typed


def test_a_preview_can_follow(editor: Editor, qtbot: QtBot) -> None:
    editor.setPlainText("\n".join(f"ligne {n}" for n in range(300)))
    assert (editor.first_visible_line(), editor.line_at_cursor()) == (0, 0)
    with qtbot.waitSignal(editor.scrolled) as scrolled:
        editor.moveCursor(QTextCursor.MoveOperation.End)
    assert editor.line_at_cursor() == 299
    assert scrolled.args == [editor.first_visible_line()]
    assert 0 < editor.first_visible_line() < 299


def test_a_wide_pane_keeps_a_column_that_can_be_read(page: QWidget, editor: Editor) -> None:
    editor.setPlainText("des mots " * 100)
    for width in (1_400, 900, 640):
        page.resize(width, 480)
        application().sendPostedEvents(None, QEvent.Type.LayoutRequest)
        assert editor.viewport().width() <= 760
        assert editor.horizontalScrollBar().maximum() == 0
    page.resize(1_400, 480)
    left, right = editor.viewport().geometry().left(), editor.viewport().geometry().right()
    assert abs(left - (editor.width() - right)) < 16


def test_a_click_beside_the_column_goes_to_its_line(
    page: QWidget, editor: Editor, qtbot: QtBot
) -> None:
    page.resize(1_400, 480)
    editor.setPlainText("un\ndeux\ntrois")
    block = editor.document().findBlockByNumber(1)
    line = editor.cursorRect(QTextCursor(block)).center()
    place = QPoint(40, editor.viewport().mapToParent(line).y())
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=place)
    assert editor.line_at_cursor() == 1


def test_letters_follow_the_size_that_is_chosen(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = editor.font().pointSizeF()
    bigger = theme.ui_font(2.0)
    monkeypatch.setattr(theme, "ui_font", lambda scale=1.0, **_rest: QFont(bigger))
    editor.dress()
    assert editor.font().pointSizeF() > before


def test_an_accent_typed_by_a_dead_key_is_asked_about(editor: Editor, qtbot: QtBot) -> None:
    write(editor, "[[v")
    event = QInputMethodEvent()
    event.setCommitString("ê")
    with qtbot.waitSignal(editor.completion_wanted) as asked:
        application().sendEvent(editor, event)
    assert asked.args[0].typed == "vê"


def test_the_text_says_what_it_is_and_what_to_do(editor: Editor) -> None:
    assert editor.accessibleName()
    assert "[[" in editor.placeholderText()


lines_ = st.lists(
    st.sampled_from(("", "un", "deux", "deux «\u00a0bis\u00a0»", "🌊 trois", "fin")), max_size=8
)


@given(lines_, lines_)
def test_a_text_becomes_another_whatever_it_was(old: list[str], new: list[str]) -> None:
    application()
    document = QTextDocument("\n".join(old))
    places.become(document, "\n".join(new))
    assert document.toRawText() == "\u2029".join(new or [""])


@given(lines_, lines_, st.sampled_from(("", " et encore")))
def test_the_caret_stays_in_the_line_that_stays(
    before: list[str], grown: list[str], more: str
) -> None:
    application()
    document = QTextDocument("\n".join((*before, "Ce que j'écris", "après")))
    cursor = QTextCursor(document)
    cursor.setPosition(places.units("\n".join((*before, "Ce que j'écris"))))
    places.become(document, "\n".join((*before, *grown, "Ce que j'écris", f"après{more}")))
    assert places.before(cursor) == "Ce que j'écris"
    assert not document.isUndoAvailable()


@given(st.text("aé🚲\n", max_size=30), st.integers(0, 40))
def test_places_are_the_same_for_qt_and_for_python(text: str, place: int) -> None:
    place = min(place, len(text))
    assert places.index(text, places.units(text[:place])) == place


@given(noted(), noted())
def test_lines_put_back_are_one_step_to_undo(qapp: object, old: Lines, new: Lines) -> None:
    document = QTextDocument()
    document.setPlainText(f"avant 🚲\n{old.text}\naprès")
    begin = document.findBlockByNumber(1).position()
    cursor = places.put_back(document, begin, old, new)
    assert document.toPlainText() == f"avant 🚲\n{new.text}\naprès"
    assert cursor.position() == begin + places.units(new.text[: new.at])
    assert cursor.anchor() == begin + places.units(new.text[: new.anchor])
    # What is taken out is what was put back, but for the lines a selection does not touch.
    taken = places.held(cursor)[1]
    assert taken.text in new.text
    if new.text != old.text:
        document.undo()
    assert document.toPlainText() == f"avant 🚲\n{old.text}\naprès"
    assert not document.isUndoAvailable()


def test_a_paste_is_undone_apart_from_what_came_before(editor: Editor, qtbot: QtBot) -> None:
    write(editor, "un ")
    paste(editor, qtbot, text_mime("deux "))
    editor.insert_picture("blob:0", "plan")
    paste(editor, qtbot, text_mime(" trois"), "Ctrl+Shift+V")
    assert editor.plain() == "un deux ![plan](blob:0) trois"
    for left in ("un deux ![plan](blob:0)", "un deux ", "un "):
        editor.undo()
        assert editor.plain() == left


def test_a_paste_without_words_takes_nothing_out(editor: Editor, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
    put(editor, "un ‹mot|")
    paste(editor, qtbot, mime, "Ctrl+Shift+V")
    assert seen(editor) == "un ‹mot|"


def test_colours_come_without_the_text_being_changed(editor: Editor, qtbot: QtBot) -> None:
    fresh = Editor()
    qtbot.addWidget(fresh)
    fresh.setPlainText("un **mot**\n" * 500)
    revision = fresh.revision
    heard: list[bool] = []
    fresh.textChanged.connect(lambda: heard.append(True))
    fresh.dress()
    qtbot.waitUntil(lambda: foreground(fresh, 499, 3) == theme.LIGHT.muted)
    assert (fresh.revision, heard) == (revision, [])
