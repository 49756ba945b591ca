"""What Typer says by itself, in the language spoken: it knows English only.

Its words are recognised and said again, since it asks no catalogue. A test asks for every help and
for the usual refusals, so that a new version that speaks otherwise is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import typer

from veille.cli import show
from veille.sentences.catalogue import _

# "--title <str>": a type of Python tells nobody anything; what follows stays in its column.
_TYPES: Final = re.compile(r" <(?:list\[)?(?:str|int|path)\]?(?: range)?>(?:\.\.\.)?")


def spoken(text: str) -> str:
    """Say a help or a refusal of Typer again, in the language spoken."""
    text = _TYPES.sub(lambda found: " " * len(found[0]), text)
    for pattern, sentence in {**_of_helps(), **_of_refusals()}.items():
        text = re.sub(pattern, _filled(sentence), text, flags=re.MULTILINE)
    return text


def named(command: Any) -> None:
    """Name the arguments that Typer would call as the code does, and say what options do.

    Those that mean the same in several commands are said here once.
    """
    for below in getattr(command, "commands", {}).values():
        named(below)
    names, meanings = _arguments(), _options()
    for one in command.params:
        if one.param_type_name == "argument":
            one.metavar = one.metavar or names.get(one.name, one.name.upper())
        else:
            one.help = one.help or meanings.get(one.name)


def refused(problem: typer.TyperException) -> int:
    """Say what of a command was not understood. Returns the exit status."""
    context = getattr(problem, "ctx", None)
    if context is not None:
        show.say(spoken(context.get_usage()))
        show.say(_("To know more: {command} --help").format(command=context.command_path))
    show.say(spoken(problem.format_message()))
    return problem.exit_code


def _filled(sentence: str) -> Callable[[re.Match[str]], str]:
    return lambda found: sentence.format(**found.groupdict())


def _arguments() -> dict[str, str]:
    return {
        "address": _("ADDRESS"), "file": _("FILE"), "folder": _("FOLDER"), "into": _("THEME"),
        "label": _("NAME"), "name": _("NAME"), "new": _("NAME"), "person": _("PERSON"),
        "role": _("ROLE"), "theme": _("THEME"), "themes": _("THEME"), "title": _("TITLE"),
    }  # fmt: skip


def _options() -> dict[str, str]:
    day, kinds = "2024-06-30, 2024-06", "article,quote,annotation,note,dossier"
    return {
        "after": _("After this one, or “first”."), "alert": _("Tell me at once"),
        "author": _("An author; give it again for several."), "comment": _("Comment"),
        "cover": _("Cover note"), "description": _("Description"),
        "dossier": _("A dossier, by its name."), "every": _("All of them."),
        "exact": _("Words of the article, copied as they stand."),
        "facets": _("Count by period, source, theme… as well."), "file": _("The file to write."),
        "folder": _("In which folder?"), "form": _("The format of the file."),
        "found": _("Those the article proposes, not kept yet."), "html": _("In HTML."),
        "kind": kinds, "limit": _("How many at most."), "markdown": _("In Markdown."),
        "of_index": _("The search index only."), "offset": _("How many to pass over first."),
        "last": _("How many actions."), "only_try": _("Only show what it would do."),
        "output": _("The format of the answer."), "password": _("Password"),
        "pause": _("Pause, or take up again"), "published": day, "rights": _("Rights"),
        "role": _("In which capacity?"), "section": _("Section"), "service": _("My service"),
        "sort": _("The order of the answer."), "source": _("A source, by its name."),
        "space": _("A space, by its name."), "speaker": _("Who says it."),
        "tables": _("The tables of the memory only."), "tag": _("A theme, by its name."),
        "text": _("Its text only."), "title": _("Title"), "user": _("Login"),
    }  # fmt: skip


def _of_helps() -> dict[str, str]:
    return {
        r"^Usage: ": _("Usage: "),
        r"\[OPTIONS\]": _("[OPTIONS]"),
        r"COMMAND \[ARGS\]\.\.\.": _("COMMAND [ARGUMENTS]…"),
        # What is required is said below.
        r"(?<= )\{(?P<name>[^{}\s]+)\}": "{name}",
        r"^Arguments:$": _("Arguments:"),
        r"^Options:$": _("Options:"),
        r"^Commands:$": _("Commands:"),
        r"; (?=[^\[\n]*\]$)": _("; "),
        r"\brequired(?=\])": _("required"),
        r"(?<=\[)default:": _("default:"),
        r"(?P<least>\d+)<=x<=(?P<most>\d+)": _("{least} to {most}"),
        r"x>=(?P<least>\d+)": _("{least} or more"),
        r"One JSON document on standard output\.": _("One JSON document on standard output."),
        r"Show this message and exit\.": _("This help."),
        r" +$": "",
        r"\.\.\.$": "…",
    }


def _of_refusals() -> dict[str, str]:
    suggested = r" \(Possible options: (?P<near>.+)\)$"
    return {
        r"^Missing command\.$": _("Which command?"),
        r"^Missing (?:argument|option) '(?P<name>.+)'\.$": _("Missing: {name}"),
        r"^No such command '(?P<name>.+?)'": _("No command is called “{name}”"),
        r"^No such option: (?P<name>\S+)" + suggested: _("No option {name}. Near: {near}."),
        r"^No such option: (?P<name>\S+)$": _("There is no option {name} here."),
        r"Did you mean (?P<near>.+)\?$": _("Did you mean: {near}?"),
        r"^Option '(?P<name>.+)' requires an argument\.$": _("{name} needs a value."),
        r"^Option '(?P<name>.+)' does not take a value\.$": _("{name} takes no value."),
        r"^Got unexpected extra arguments? ?(?:\(s\) )?\((?P<words>.+)\)$": _(
            "One word too many: {words}"
        ),
        r"^Invalid value for '(?P<name>.+?)': ": _("{name}: "),
        r"^Invalid value: (?P<told>.+)$": _("To put right: {told}"),
        r"Input should be a valid integer.*$": _("a whole number is expected."),
        r"Input should be greater than or equal to (?P<least>\S+)$": _("at least {least}."),
        r"Input should be less than or equal to (?P<most>\S+)$": _("at most {most}."),
        r"Value error, '(?P<value>.+)' is not one of (?P<known>.+)\.$": _(
            "“{value}” is not one of {known}."
        ),
        r"'(?P<words>[\w|-]+)'": _("“{words}”"),
    }
