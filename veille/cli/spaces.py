"""``space members | role | agree | doctor | login | restore | handover | meter``: keeping a space."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from veille.cli import show
from veille.cli.context import AsJson, desk_open, failed
from veille.desk import folders
from veille.desk.roles import Member
from veille.domain.errors import VeilleError
from veille.sentences import counting, dates, doctor, names, requests
from veille.sentences.catalogue import _, n_

_MARKS: Final = {"good": "✓", "watch": "!", "bad": "✗"}


def register(app: typer.Typer) -> None:
    """Add the commands to ``space``."""
    _register_people(app)
    _register_agreements(app)
    _register_doctor(app)
    _register_login(app)
    _register_restore(app)
    _register_handover(app)
    _register_meter(app)


def _register_people(app: typer.Typer) -> None:
    @app.command(name="members", help=_("Who is in a space, with which role."))
    def members(name: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            found = desk.members(name)
        if as_json:
            show.document({"items": [_member(one) for one in found]})
            return
        for one in found:
            last = dates.moment(one.at) if one.at else _("nothing shared yet")
            show.line(f"{one.name or one.person} — {names.role(one.role)} · {last}")

    @app.command(name="role", help=_("Give somebody a role: referent, writer, reader, or former."))
    def role(name: str, person: str, role: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            desk.give_role(name, person, role)
            found = desk.members(name)
        if as_json:
            show.document({"items": [_member(one) for one in found]})


def _register_agreements(app: typer.Typer) -> None:
    @app.command(name="agree", help=_("Agree on the conventions of a space."))
    def agree(
        name: str,
        newcomers: Annotated[
            str, typer.Option(help=_("Role of newcomers: referent, writer, reader."))
        ] = "",
        proposals: Annotated[
            Literal["yes", "no"] | None,
            typer.Option(help=_("Does what writers bring wait for a référent?")),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            asked = None if proposals is None else proposals == "yes"
            desk.agree(name, newcomers=newcomers, proposals=asked)
            told = {"role": desk.role(name)}
        if as_json:
            show.document(told)


def _register_doctor(app: typer.Typer) -> None:
    @app.command(name="doctor", help=_("Try a folder: can a team work through it?"))
    def examine(folder: str, as_json: AsJson = False) -> None:
        with desk_open() as desk:
            found = desk.examine_folder(folder)
        message = doctor.message(found)
        if as_json:
            show.document(
                {
                    "folder": found.folder,
                    "verdict": found.verdict,
                    "findings": [
                        {
                            "what": one.what,
                            "verdict": one.verdict,
                            "value": one.value,
                            "message": doctor.finding(one),
                        }
                        for one in found.findings
                    ],
                    "message": message or None,
                }
            )
        else:
            show.line(doctor.verdict(found.verdict))
            for one in found.findings:
                show.line(f"  {_MARKS[one.verdict]} {doctor.finding(one)}")
            if message:
                show.line()
                show.line(_("To send to the IT service:"))
                for line in message.split("\n"):
                    show.line(f"  {line}".rstrip())
        if found.verdict == "bad":
            raise typer.Exit(show.FAILED)


def _register_login(app: typer.Typer) -> None:
    @app.command(name="login", help=_("Keep the login of a server in the system’s keyring."))
    def login(
        address: str,
        user: Annotated[str, typer.Option(prompt=_("Login"))],
        password: Annotated[str, typer.Option(prompt=_("Password"), hide_input=True)],
        as_json: AsJson = False,
    ) -> None:
        try:
            folders.keep_login(address, user, password)
        except VeilleError as problem:
            raise failed(problem) from problem
        if as_json:
            show.document({"folder": address, "user": user})


def _register_restore(app: typer.Typer) -> None:
    @app.command(name="restore", help=_("Open a space again in a folder that was emptied."))
    def restore(
        name: str,
        folder: Annotated[str, typer.Argument(metavar=_("FOLDER"))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            desk.restore_space(name, folder)
            done = desk.sync(space=name)
        if as_json:
            show.document({"sent": sum(one.sent for one in done)})


def _register_handover(app: typer.Typer) -> None:
    @app.command(name="handover", help=_("Leave a team: take one’s private comments along."))
    def handover(
        name: str,
        to: Annotated[str, typer.Option(help=_("The file that receives them."))],
        former: Annotated[
            bool, typer.Option("--former", help=_("Be shown as a former member."))
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            comments = desk.private_comments(name)
            written = names.comments(comments)
            shown = _("Former member") if former else ""
            done = desk.hand_over(name, Path(to), written=written, name=shown)
            if former:
                desk.sync(space=name)
        if as_json:
            show.document(
                {"comments": len(comments), "file": to, "name": shown or None,
                 "kept": [str(one) for one in done.kept]}
            )  # fmt: skip
        else:
            show.line(
                n_("{n} private comment is now in the file only.",
                   "{n} private comments are now in the file only.", len(comments))
            )  # fmt: skip
            for told in requests.left(done):
                show.line(told)


def _register_meter(app: typer.Typer) -> None:
    @app.command(name="meter", help=_("What was shared of the press, month by month."))
    def meter(
        name: str,
        to: Annotated[str, typer.Option("--csv", help=_("A file, or “-”."))] = "",
        as_json: AsJson = False,
    ) -> None:
        with desk_open() as desk:
            months = desk.meter(name)
        rows = [
            {
                "month": one.month,
                "full_texts": one.full_texts,
                "links": one.links,
                "quotes": one.quotes,
                "sources": one.sources,
                "readers": one.readers,
            }
            for one in months
        ]
        if to:
            _write_csv(to, rows)
        if as_json:
            show.document({"items": rows})
        for one in months if not (as_json or to) else ():
            show.line(
                counting.shared(one.month, full=one.full_texts, quotes=one.quotes, links=one.links)
            )


def _write_csv(to: str, rows: list[dict[str, Any]]) -> None:
    columns = ["month", "full_texts", "links", "quotes", "sources", "readers"]
    if to == "-":
        writer = csv.DictWriter(sys.stdout, columns, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        return
    with Path(to).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _member(one: Member) -> dict[str, Any]:
    return {
        "person": one.person,
        "name": one.name,
        "role": one.role,
        "posts": list(one.posts),
        "last": show.when(one.at),
        "has_all": one.has_all,
    }
