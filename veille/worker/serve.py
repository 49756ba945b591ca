"""A worker: the same desk in a process of its own, JSON lines on its pipes, low priority.

``--worker index`` drains the outbox and extracts clipped pages; ``--worker share`` is the only
process that touches shared folders, so that a dead drive never blocks the window: the window
abandons the process and starts another; ``--worker feeds`` asks the subscriptions: it waits for
the network most of the time, and clips must not wait behind it; ``--worker support`` writes a support
file: it reads everything back and may wait for a drive, and is started for that alone.

One request a line: ``{"id": 1, "do": "drain"}``. One answer a line: ``{"id": 1, "ok": {…}}`` or
``{"id": 1, "error": {"code": …, "data": {…}}}``; before it, for long work, as many lines
``{"id": 1, "progress": {…}}`` as there is something to tell. The worker ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from veille.desk import clock
from veille.desk.desk import Desk
from veille.domain.errors import VeilleError
from veille.sentences import bringing, clipping, doctor, following, support
from veille.sentences.catalogue import language

Request = dict[str, Any]


def serve(kind: str, profile: str | None) -> int:
    """Serve requests until standard input ends. Returns the exit status."""
    if hasattr(os, "nice"):
        os.nice(10)
    tasks = TASKS.get(kind)
    if tasks is None:
        return 2
    desk = Desk.open(profile)
    desk.log.opened(kind)
    try:
        for line in sys.stdin:
            _write(_answer(desk, tasks, line))
    except (KeyboardInterrupt, BrokenPipeError):
        return 0
    finally:
        desk.close()
    return 0


def _write(answer: Request) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _answer(desk: Desk, tasks: dict[str, Callable[[Desk, Request], Any]], line: str) -> Request:
    try:
        request: Request = json.loads(line)
    except ValueError:
        return {"id": 0, "error": {"code": "BadRequest", "data": {}}}
    number = request.get("id", 0)
    task = tasks.get(str(request.get("do")))
    if task is None:
        return {"id": number, "error": {"code": "BadRequest", "data": {}}}
    began = clock.seconds()
    try:
        answer = task(desk, request)
    except VeilleError as problem:
        desk.log.failed(problem, str(request["do"]))
        data = {name: str(value) for name, value in problem.data.items()}
        return {"id": number, "error": {"code": problem.code, "data": data}}
    except Exception as problem:  # noqa: BLE001 - one of the two loops that catch all
        traceback.print_exc()
        desk.log.failed(problem, str(request["do"]))
        return {"id": number, "error": {"code": type(problem).__name__, "data": {}}}
    desk.log.ran(str(request["do"]), clock.seconds() - began, answer)
    return {"id": number, "ok": answer}


def _drain(desk: Desk, request: Request) -> Request:
    return {"done": desk.drain(most=int(request.get("most", 500))), "waiting": desk.unindexed()}


def _tidy(desk: Desk, request: Request) -> Request:
    return {"more": desk.tidy_index(slices=int(request.get("slices", 8)))}


def _finish(desk: Desk, request: Request) -> Request:
    return asdict(desk.finish_clip(str(request["article"])))


def _collect(desk: Desk, _request: Request) -> Request:
    arrived = desk.intake.collect(clipping.folders())
    return {
        "taken": [some.id for one in arrived for some in one.clipped],
        "problems": [clipping.arrived(one) for one in arrived if one.problem is not None],
        "settling": desk.intake.is_settling,
    }


def _blocks(desk: Desk, request: Request) -> Request:
    found = desk.intake.blocks(str(request["article"]))
    return {"blocks": [{"words": one.words, "text": one.text[:300]} for one in found]}


def _choose_block(desk: Desk, request: Request) -> Request:
    return asdict(desk.intake.choose_block(str(request["article"]), int(request["number"])))


def _complete(desk: Desk, request: Request) -> Request:
    parts = {str(kind): str(text).encode() for kind, text in request["parts"].items()}
    return asdict(desk.intake.complete(str(request["article"]), parts))


def _differences(desk: Desk, request: Request) -> Request:
    return {"pieces": [asdict(one) for one in desk.intake.differences(str(request["article"]))]}


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


def _restore(desk: Desk, request: Request) -> Request:
    return {"space": desk.restore_space(str(request["space"])).id}


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
        "space": desk.space_there(found.folder),
        "folder": found.folder,
        "verdict": found.verdict,
        "said": doctor.verdict(found.verdict),
        "findings": [
            {"verdict": one.verdict, "said": doctor.finding(one)} for one in found.findings
        ],
        "message": doctor.message(found),
    }


def _bring(desk: Desk, request: Request) -> Request:
    from veille.desk.bringing import Item

    items = [Item.told(one) for one in request["items"]]
    brought = desk.bringing.take(
        items, into=request["into"], gesture=str(request.get("gesture", ""))
    )
    return {
        "lines": [bringing.line(one) for one in brought.lines if one.problem],
        "new": [one.article for one in brought.lines if one.is_new],
        "known": sum(1 for one in brought.lines if one.article and not one.is_new),
        "gesture": brought.changes.gesture,
        "entities": sorted(brought.changes.entities),
    }


def _holds(desk: Desk, request: Request) -> Request:
    found = desk.bringing.look(str(request["path"]))
    return {"kind": found.kind, "items": [asdict(one) for one in found.items]}


def _demo(desk: Desk, _request: Request) -> Request:
    from veille.desk import demo

    return {"profile": str(demo.prepare(desk.paths))}


def _back_up(desk: Desk, _request: Request) -> Request:
    return {"made": desk.back_up_if_due()}


def _audit(desk: Desk, _request: Request) -> Request:
    return {"found": desk.audit()}


def _refresh(desk: Desk, request: Request) -> Request:
    def progress(done: int, total: int, title: str) -> None:
        told = {"done": done, "total": total, "title": title}
        _write({"id": request.get("id", 0), "progress": told})

    only = [str(one) for one in request.get("only", [])]
    report = desk.feeds.refresh(only, every=bool(request.get("every", False)), progress=progress)
    return {
        "asked": len(report.feeds),
        "new": report.new,
        "failed": sum(1 for one in report.feeds if one.problem),
        "entities": sorted(report.entities),
        "told": following.refreshed(report),
    }


def _prepare(desk: Desk, request: Request) -> Request:
    def progress(done: int, total: int, step: str) -> None:
        told = {"done": done, "total": total, "said": support.step(step)}
        _write({"id": request.get("id", 0), "progress": told})

    facts = desk.support.gather(
        language=language(), screen=request.get("screen", {}), progress=progress
    )
    text = support.told(facts)
    written = desk.support.write(facts, text, name=support.file_name())
    return {"file": str(written), "text": text, "inside": support.inside(facts)}


def _due(desk: Desk, _request: Request) -> Request:
    return {"feeds": desk.feeds.due(), "next_at": desk.feeds.next_at()}


TASKS: Final[dict[str, dict[str, Callable[[Desk, Request], Any]]]] = {
    "index": {
        "drain": _drain,
        "tidy": _tidy,
        "finish": _finish,
        "collect": _collect,
        "blocks": _blocks,
        "choose_block": _choose_block,
        "complete": _complete,
        "differences": _differences,
        "back_up": _back_up,
        "holds": _holds,
        "bring": _bring,
        "demo": _demo,
    },
    "support": {
        "prepare": _prepare,
    },
    "feeds": {
        "due": _due,
        "refresh": _refresh,
    },
    "share": {
        "sync": _sync,
        "create": _create,
        "join": _join,
        "restore": _restore,
        "present": _present,
        "examine": _examine,
        "audit": _audit,
    },
}
