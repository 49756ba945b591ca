"""A worker: the same desk in a process of its own, JSON lines on its pipes, low priority.

``--worker index`` drains the outbox and extracts clipped pages; ``--worker share`` is the only
process that touches shared folders, so that a dead drive never blocks the window: the window
abandons the process and starts another.

One request a line: ``{"id": 1, "do": "drain"}``. One answer a line: ``{"id": 1, "ok": {…}}`` or
``{"id": 1, "error": {"code": …, "data": {…}}}``. The worker ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.sentences import doctor

Request = dict[str, Any]


def serve(kind: str, profile: str | None) -> int:
    """Serve requests until standard input ends. Returns the exit status."""
    if hasattr(os, "nice"):
        os.nice(10)
    tasks = TASKS.get(kind)
    if tasks is None:
        return 2
    desk = Desk.open(profile)
    try:
        for line in sys.stdin:
            answer = _answer(desk, tasks, line)
            sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
            sys.stdout.flush()
    except (KeyboardInterrupt, BrokenPipeError):
        return 0
    finally:
        desk.close()
    return 0


def _answer(desk: Desk, tasks: dict[str, Callable[[Desk, Request], Any]], line: str) -> Request:
    try:
        request: Request = json.loads(line)
    except ValueError:
        return {"id": 0, "error": {"code": "BadRequest", "data": {}}}
    number = request.get("id", 0)
    task = tasks.get(str(request.get("do")))
    if task is None:
        return {"id": number, "error": {"code": "BadRequest", "data": {}}}
    try:
        return {"id": number, "ok": task(desk, request)}
    except VeilleError as problem:
        data = {name: str(value) for name, value in problem.data.items()}
        return {"id": number, "error": {"code": problem.code, "data": data}}
    except Exception as problem:  # noqa: BLE001 - one of the two loops that catch all
        traceback.print_exc()
        return {"id": number, "error": {"code": type(problem).__name__, "data": {}}}


def _drain(desk: Desk, request: Request) -> Request:
    return {"done": desk.drain(most=int(request.get("most", 500))), "waiting": desk.unindexed()}


def _tidy(desk: Desk, request: Request) -> Request:
    return {"more": desk.tidy_index(slices=int(request.get("slices", 8)))}


def _finish(desk: Desk, request: Request) -> Request:
    clipped = desk.finish_clip(str(request["article"]))
    return {"article": clipped.id, "duplicate_of": clipped.duplicate_of}


def _clip(desk: Desk, request: Request) -> Request:
    clipped = desk.clip(str(request["source"]))
    return {"article": clipped.id, "duplicate_of": clipped.duplicate_of}


def _sync(desk: Desk, request: Request) -> Request:
    rounds = desk.sync(
        space=str(request.get("space", "")),
        whole=bool(request.get("whole", False)),
        most=int(request.get("most", 0)),
    )
    return {"rounds": [{**asdict(one), "entities": sorted(one.entities)} for one in rounds]}


def _create(desk: Desk, request: Request) -> Request:
    space = desk.create_space(
        str(request["name"]), str(request["folder"]), full_text=bool(request["full_text"])
    )
    return {"space": space.id}


def _join(desk: Desk, request: Request) -> Request:
    return {"space": desk.join_space(str(request["folder"])).id}


def _present(desk: Desk, request: Request) -> Request:
    found = []
    for one in desk.spaces():
        if not one.personal and one.folder and not one.problem:
            found += desk.present(
                one.id, thing=str(request.get("thing", "")), here=bool(request.get("here", True))
            )
    return {"present": [asdict(one) for one in found]}


def _examine(desk: Desk, request: Request) -> Request:
    found = desk.examine_folder(str(request["folder"]))
    return {
        "folder": found.folder,
        "verdict": found.verdict,
        "said": doctor.verdict(found.verdict),
        "findings": [
            {"verdict": one.verdict, "said": doctor.finding(one)} for one in found.findings
        ],
        "message": doctor.message(found),
    }


def _back_up(desk: Desk, _request: Request) -> Request:
    return {"made": desk.back_up_if_due()}


def _audit(desk: Desk, _request: Request) -> Request:
    return {"found": desk.audit()}


TASKS: Final[dict[str, dict[str, Callable[[Desk, Request], Any]]]] = {
    "index": {
        "drain": _drain,
        "tidy": _tidy,
        "finish": _finish,
        "clip": _clip,
        "back_up": _back_up,
    },
    "share": {
        "sync": _sync,
        "create": _create,
        "join": _join,
        "present": _present,
        "examine": _examine,
        "audit": _audit,
    },
}
