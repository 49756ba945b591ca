"""Colours of the Markdown that is written: words stand out, marks step back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)
from typing_extensions import override

from veille.ui import theme
from veille.ui.notes import marks, places
from veille.ui.notes.shortcuts import parsed

BOLD, ITALIC, STRUCK, MONO, MUTED, ACCENT = 1, 2, 4, 8, 16, 32
CODE: Final = 1
# What is coloured at once after a change; the rest follows in steps between two keys.
_AT_ONCE: Final = 120
_STEP: Final = 60
_STEP_MS: Final = 5
# The rest of a longer line is left in one colour.
_LONGEST: Final = 4_000
_OPENING: Final = re.compile(r" {0,3}(?:```[^`]*|~~~.*)\Z")
_CLOSING: Final = re.compile(r" {0,3}(?:```+|~~~+)[ \t]*\Z")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?=\s|$)")
_RULE: Final = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_MARKED: Final = re.compile(r"[*~`\[>#]|://|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]")
_TOKENS: Final = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<wiki>!?\[\[(?P<target>[^\[\]|\n]{1,300})(?P<bar>\|[^\[\]\n]{0,300})?\]\])"
    r"|(?P<web>!?\[(?P<words>[^\[\]\n]{0,300})\]\([^()\s]{0,2000}\))"
    r"|(?P<foot>\[\^[^\[\]\s]{1,60}\]:?)"
    r"|(?P<url>https?://[^\s<>]{1,2000})"
)
_ID: Final = re.compile(r"[a-z]-[0-9a-z]{16}")
_RUN: Final = re.compile(rb"(.)\1*", re.DOTALL)


def colours_of(line: str, *, in_code: bool) -> tuple[bytes, bool]:
    """Give the traits of each character of a line, and whether code goes on below it."""
    fence = (_CLOSING if in_code else _OPENING).match(line) is not None
    if fence or in_code:
        return bytes((MONO | MUTED,)) * min(len(line), _LONGEST), in_code != fence
    line = line[:_LONGEST]
    if not _MARKED.search(line):
        return b"", False
    if _RULE.match(line):
        return bytes((MUTED,)) * len(line), False
    traits = bytearray(len(line))
    start = _beginning(line, traits)
    _inside(line, start, traits)
    return bytes(traits), False


def _beginning(line: str, traits: bytearray) -> int:
    """Colour what a line begins with; give where its words begin."""
    if heading := _HEADING.match(line):
        _add(traits, 0, len(line), BOLD)
        _add(traits, 0, heading.end(), MUTED)
        return heading.end()
    item = parsed(line)
    head = len(item.head)
    _add(traits, 0, head, MUTED)
    if item.is_done:
        _add(traits, head, len(line), MUTED | STRUCK)
    return head


def _inside(line: str, start: int, traits: bytearray) -> None:
    prose = line
    for found in _TOKENS.finditer(line, start):
        _token(found, traits)
        # Stars in code and addresses mark nothing.
        prose = prose[: found.start()] + "x" * len(found[0]) + prose[found.end() :]
    for mark, trait in (("**", BOLD), ("*", ITALIC), ("~~", STRUCK)):
        if mark not in prose:
            continue
        for span in marks.spans(prose, mark):
            if span.open_start < start:
                continue
            _add(traits, span.open_start, span.close_end, trait)
            _add(traits, span.open_start, span.open_end, MUTED)
            _add(traits, span.close_start, span.close_end, MUTED)


def _token(found: re.Match[str], traits: bytearray) -> None:
    kind = found.lastgroup
    if kind == "code":
        _add(traits, *found.span(), MONO | MUTED)
    elif kind == "url":
        _add(traits, *found.span(), ACCENT)
    elif kind == "foot":
        _add(traits, *found.span(), MUTED)
    elif kind == "web":
        _add(traits, *found.span(), MUTED)
        _add(traits, *found.span("words"), ACCENT)
    else:
        _wiki(found, traits)


def _wiki(found: re.Match[str], traits: bytearray) -> None:
    """Colour the words of a link: those that were chosen, else the title it names."""
    _add(traits, *found.span(), MUTED)
    if found["bar"]:
        start, end = found.span("bar")
        _add(traits, start + 1, end, ACCENT)
    elif not _ID.fullmatch(found["target"].strip()):
        _add(traits, *found.span("target"), ACCENT)


def _add(traits: bytearray, start: int, end: int, trait: int) -> None:
    """Add a trait; of two colours the words' own wins over that of marks."""
    for place in range(start, end):
        traits[place] |= trait


class Colouring(QSyntaxHighlighter):
    """Colours a text: what changed at once, the rest of a long one in steps."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._left = _AT_ONCE
        self._owed = QTextCursor(document)
        self._owes = False
        self._formats: dict[int, QTextCharFormat] = {}
        self._steps = QTimer(self)
        self._steps.setInterval(_STEP_MS)
        self._steps.timeout.connect(self._on_step)
        # Before it is given the document: what may be coloured is renewed before it is asked to.
        document.contentsChange.connect(self._on_document_changed)
        self.setDocument(document)

    def dress(self) -> None:
        """Take the letters and colours in force."""
        self._formats.clear()
        self._owe(self.document().firstBlock())

    @staticmethod
    def is_code(block: QTextBlock) -> bool:
        """Tell whether a line is code, fences included."""
        return CODE in (block.userState(), block.previous().userState())

    @override
    def highlightBlock(self, text: str) -> None:
        if self._left <= 0:
            # The state stays as it was, so that Qt goes no further on its own.
            self._owe(self.currentBlock())
            return
        self._left -= 1
        traits, goes_on = colours_of(text, in_code=self.previousBlockState() == CODE)
        self.setCurrentBlockState(CODE if goes_on else 0)
        for start, length, trait in _runs(text, traits):
            self.setFormat(start, length, self._format(trait))

    def _colour(self, block: QTextBlock) -> None:
        """Colour a line; ``rehighlightBlock`` would pass for an edit (revision, textChanged)."""
        text, layout = block.text(), block.layout()
        if layout.preeditAreaText():
            return
        traits, goes_on = colours_of(text, in_code=block.previous().userState() == CODE)
        block.setUserState(CODE if goes_on else 0)
        made = []
        for start, length, trait in _runs(text, traits):
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, self._format(trait)
            made.append(one)
        if made or layout.formats():
            layout.setFormats(made)
            self.document().markContentsDirty(block.position(), block.length())

    def _format(self, trait: int) -> QTextCharFormat:
        if trait not in self._formats:
            self._formats[trait] = _format(trait)
        return self._formats[trait]

    def _owe(self, block: QTextBlock) -> None:
        """Remember from which line on colours are missing; the cursor follows what is typed."""
        if not self._owes or block.position() < self._owed.position():
            self._owed.setPosition(block.position())
        self._owes = True
        self._steps.start()

    def _on_document_changed(self, _place: int, _removed: int, _added: int) -> None:
        self._left = _AT_ONCE

    def _on_step(self) -> None:
        block = self._owed.block()
        for _line in range(_STEP):
            if block.isValid():
                self._colour(block)
                block = block.next()
        self._owes = block.isValid()
        if self._owes:
            self._owed.setPosition(block.position())
        else:
            self._steps.stop()


def _runs(text: str, traits: bytes) -> Iterator[tuple[int, int, int]]:
    """Give runs of one look: where they start and how long they are for Qt, and their traits."""
    wide = not text.isascii() and max(text) > "\uffff"
    for run in _RUN.finditer(traits):
        start, end = run.span()
        if wide:
            start, end = places.units(text[:start]), places.units(text[:end])
        if run[0][0]:
            yield start, end - start, run[0][0]


def _format(trait: int) -> QTextCharFormat:
    made, c = QTextCharFormat(), theme.colours()
    if trait & BOLD:
        made.setFontWeight(QFont.Weight.Bold)
    if trait & ITALIC:
        made.setFontItalic(True)
    if trait & STRUCK:
        made.setFontStrikeOut(True)
    if trait & MONO:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        made.setFontFamilies(fixed.families())
    if trait & (ACCENT | MUTED):
        made.setForeground(QColor(c.accent if trait & ACCENT else c.muted))
    return made
