"""A shared folder in an S3-compatible object store (extra ``s3``): the same four verbs.

Through s3fs, one request a verb and nothing cached. Measured pitfalls this guards against: high
level calls retry inside retries (a read on a hung server took 334 s), and a PUT waits for ever for
``100 Continue``; so every call has one deadline, and is tried twice at most.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from fsspec.asyn import sync
from fsspec.exceptions import FSTimeoutError
from s3fs import S3FileSystem

from veille.domain.errors import (
    ShareDenied,
    ShareError,
    ShareFull,
    ShareReadOnly,
    ShareUnavailable,
)
from veille.share.address import Address, Login

SECONDS: Final = 60
_DENIED: Final = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"}
_FULL: Final = {"QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity"}


class Bucket:
    """A ``ShareFolder`` under a prefix of a bucket."""

    def __init__(self, address: Address, login: Login) -> None:
        self._address = address
        self._bucket, _slash, prefix = address.path.strip("/").partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._fs = S3FileSystem(
            key=login.user,
            secret=login.password,
            endpoint_url=address.endpoint or None,
            client_kwargs={"region_name": address.region} if address.region else {},
            use_listings_cache=False,
            skip_instance_cache=True,
            config_kwargs={
                "connect_timeout": 5,
                "read_timeout": 20,
                "max_pool_connections": 16,
                "retries": {"total_max_attempts": 2, "mode": "standard"},
                # Older stores do not know the checksums that newer clients add by themselves.
                "request_checksum_calculation": "when_required",
                "response_checksum_validation": "when_required",
            },
        )
        self._fs.retries = 1

    @property
    def name(self) -> str:
        """Give the address, as people wrote it."""
        return self._address.text

    def list(self, path: str) -> Mapping[str, int] | None:
        """See ShareFolder. A folder of a bucket exists while something is in it."""
        prefix = self._key(f"{path}/") if path else self._prefix
        found: dict[str, int] = {}
        more: dict[str, str] = {}
        while True:
            page = self._call(
                "list_objects_v2", Bucket=self._bucket, Prefix=prefix, Delimiter="/", **more
            )
            if page is None:
                return None
            if "Name" not in page:
                # A captive portal answers anything with its own page.
                raise ShareUnavailable(folder=self.name)
            for one in page.get("Contents", ()):
                found[one["Key"][len(prefix) :]] = one["Size"]
            for one in page.get("CommonPrefixes", ()):
                found[one["Prefix"][len(prefix) :].rstrip("/")] = -1
            if not page.get("IsTruncated"):
                break
            more = {"ContinuationToken": page["NextContinuationToken"]}
        found.pop("", None)
        return found if found or not path else None

    def read(self, path: str, *, limit: int) -> bytes | None:
        """See ShareFolder."""
        where = f"{self._bucket}/{self._key(path)}"
        data = self._try(lambda: self._fs._cat_file(where, start=0, end=limit + 1), empty=b"")
        return data if isinstance(data, bytes) else None

    def create(self, path: str, data: bytes) -> bool:
        """See ShareFolder."""
        try:
            done = self._call(
                "put_object", Bucket=self._bucket, Key=self._key(path), Body=data, IfNoneMatch="*"
            )
        except FileExistsError:
            return False
        if done is None:
            raise ShareUnavailable(folder=self.name)
        return True

    def delete(self, path: str) -> None:
        """See ShareFolder."""
        self._call("delete_object", Bucket=self._bucket, Key=self._key(path))

    def written_at(self, path: str) -> float | None:  # noqa: ARG002 - not asked of servers
        """See ShareFolder."""
        return None

    def make(self) -> None:
        """See ShareFolder. A prefix needs no making."""

    def _key(self, path: str) -> str:
        return f"{self._prefix}{path}"

    def _call(self, what: str, **more: Any) -> Any:
        return self._try(lambda: self._fs._call_s3(what, **more))

    def _try(self, act: Callable[[], Awaitable[Any]], *, empty: Any = None) -> Any:
        """Await one request; None when what was asked for does not exist."""
        try:
            return sync(self._fs.loop, act, timeout=SECONDS)
        except (FileExistsError, ShareError):
            raise
        except (FSTimeoutError, TimeoutError) as problem:
            raise ShareUnavailable(folder=self.name) from problem
        except Exception as problem:
            status, code = _said(problem)
            if status == 412:
                raise FileExistsError from problem
            if status == 416:
                return empty
            if status == 404:
                return None
            raise self._meaning(status, code) from problem

    def _meaning(self, status: int, code: str) -> ShareError:
        if status == 401 or code in _DENIED:
            return ShareDenied(folder=self.name)
        if status == 403:
            return ShareReadOnly(folder=self.name)
        if status == 507 or code in _FULL:
            return ShareFull(folder=self.name)
        return ShareUnavailable(folder=self.name)


def _said(problem: BaseException) -> tuple[int, str]:
    """Find what the store answered in an error of s3fs: ``(HTTP status, code)``."""
    if isinstance(problem, FileNotFoundError) and problem.__cause__ is None:
        return 404, ""
    told = getattr(problem.__cause__ or problem, "response", None)
    if not isinstance(told, dict):
        return 0, ""
    status = told.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return int(status), str(told.get("Error", {}).get("Code", ""))
