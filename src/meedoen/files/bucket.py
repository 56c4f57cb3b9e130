"""A bucket that speaks S3, as the storage of the settings: asked for seconds at most, and said to be away when it is.

Only who sets ``MEEDOEN_S3_BUCKET`` needs it, and the packages of ``meedoen[s3]`` with it.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import structlog
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.patience import Patience

from .refusing import Away

CONNECT_SECONDS = 2
READ_SECONDS = 4  # of silence
ATTEMPTS = 2  # a connection that was kept alive may be gone; then once more
REST_SECONDS = 15  # in which nobody asks again: a page of ten pictures would hold the server's threads otherwise
PIECE = 64 * 1024  # bytes of a file that are read ahead

log = structlog.get_logger("meedoen.files")


class Bucket(S3Storage):
    """Files under their names in a bucket. Raises ``Away`` where it does not answer or refuses."""

    def __init__(self, *, addressing: str, **options: Any) -> None:
        # A name is unguessable and its content never changes, so putting it there twice is putting it there once.
        super().__init__(
            client_config=_config(addressing),
            transfer_config=TransferConfig(use_threads=False),
            default_acl=None,
            file_overwrite=True,
            **options,
        )
        self.patience = Patience(REST_SECONDS)

    @cached_property
    def client(self) -> Any:
        """One for all threads: making it takes a tenth of a second and more, and the server makes threads anew."""
        return self.client_with(self.client_config)

    def client_with(self, config: Config) -> Any:
        """What speaks with the server, set up in another way."""
        session = self._create_session()
        return session.client("s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=config)

    def exists(self, name: str) -> bool:
        with self.asked():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with self.asked():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with self.asked():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self.asked():
            folders, files = super().listdir(path)
        return folders, files

    def _save(self, name: str, content: "File[bytes]") -> str:
        with self.asked():
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("What is kept is read, and never changed.")
        return File(io.BufferedReader(_Kept(self, self._normalize_name(name)), PIECE), name)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Around each question: what goes wrong becomes ``Away``; who did not answer is left in peace for a while, and then asked by one."""
        if not self.patience.may_ask():
            raise Away("The bucket for files did not answer a moment ago.")
        try:
            yield
        except FileNotFoundError:
            self.patience.answered()
            raise
        except ClientError as refused:
            status = refused.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
            code = refused.response.get("Error", {}).get("Code", str(status))
            # A page of something else that stands at that address is no word of a bucket about its file.
            if code == "NoSuchKey" or (status == 404 and refused.operation_name == "HeadObject"):
                self.patience.answered()
                raise FileNotFoundError("there is no such file in the bucket") from refused
            raise self._away(_in_words(code), is_silent=status >= 500) from refused
        except (BotoCoreError, Boto3Error, ValueError) as problem:
            raise self._away(f"it does not answer ({type(problem).__name__})", is_silent=True) from problem
        self.patience.answered()

    def _away(self, why: str, *, is_silent: bool) -> Away:
        if is_silent:
            self.patience.gave_up()
        else:
            self.patience.answered()
        log.warning("the bucket for files cannot be used", why=why)
        return Away(f"The bucket for files ({self.bucket_name}) cannot be used: {why}.")


class _Kept(io.RawIOBase):
    """What is kept under a key, read as it comes. Who goes to another place in it is sent the rest from there.

    Raises ``FileNotFoundError`` at once.
    """

    def __init__(self, bucket: Bucket, key: str) -> None:
        self._bucket, self._key = bucket, key
        self._position = 0
        with bucket.asked():
            self._body: Any = self._from_here()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        beginning = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}
        position = (beginning[whence] if whence in beginning else self._bucket.size(self._key)) + offset
        if position != self._position:
            self._let_go()
            self._position = position
        return position

    def readinto(self, target: Any) -> int:
        piece = self._read(len(target))
        target[: len(piece)] = piece
        return len(piece)

    def readall(self) -> bytes:
        return self._read(None)

    def close(self) -> None:
        self._let_go()
        super().close()

    def _read(self, most: int | None) -> bytes:
        with self._bucket.asked():
            if self._body is None:
                self._body = self._from_here()
            piece: bytes = self._body.read(most)
        self._position += len(piece)
        return piece

    def _from_here(self) -> Any:
        part = {"Range": f"bytes={self._position}-"} if self._position else {}
        try:
            return self._bucket.client.get_object(Bucket=self._bucket.bucket_name, Key=self._key, **part)["Body"]
        except ClientError as refused:
            if refused.response["Error"]["Code"] == "InvalidRange":
                return io.BytesIO()  # behind the end there is nothing
            raise

    def _let_go(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None


def problems(bucket: Bucket) -> Iterator[str]:
    """Why the bucket cannot be used, in plain English; a small file is kept, read and forgotten to find out."""
    name = f"proef/{unguessable()}.txt"
    try:
        bucket.save(name, ContentFile(b"proef"))
        with bucket.open(name) as file:
            if file.read() != b"proef":
                yield f"The bucket for files ({bucket.bucket_name}) gives back something else than was kept in it."
        if _is_public(bucket, name):
            yield (
                f"Everybody can read what is in the bucket for files ({bucket.bucket_name}), also what was hidden or"
                " erased. Take away its public policy."
            )
        bucket.delete(name)
        bucket.listdir("proef")
    except FileNotFoundError:
        yield f"The bucket for files ({bucket.bucket_name}) loses what is kept in it."
    except Away as away:
        yield str(away)


def _is_public(bucket: Bucket, name: str) -> bool:
    anybody = bucket.client_with(bucket.client_config.merge(Config(signature_version=UNSIGNED)))
    try:
        anybody.get_object(Bucket=bucket.bucket_name, Key=name)
    except (ClientError, BotoCoreError):
        return False
    return True


def _config(addressing: str) -> Config:
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": addressing},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        # Checksums that only Amazon's own service knows; the length and TLS are checked anyhow.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _in_words(code: str) -> str:
    """What the server's refusal means, for who runs the site."""
    return {
        "NoSuchBucket": "there is no such bucket; make it, or set MEEDOEN_S3_BUCKET",
        "InvalidAccessKeyId": "it does not know MEEDOEN_S3_ACCESS_KEY",
        "SignatureDoesNotMatch": "MEEDOEN_S3_SECRET_KEY is not the secret of MEEDOEN_S3_ACCESS_KEY",
        "AccessDenied": "our key may not do this; it needs to list the bucket, and to read, keep and delete files in it",
        "403": "our key may not do this; it needs to list the bucket, and to read, keep and delete files in it",
        "RequestTimeTooSkewed": "its clock differs from ours; let ours follow a time server",
        "PermanentRedirect": "it is in another region; set MEEDOEN_S3_REGION",
        "AuthorizationHeaderMalformed": "it is in another region; set MEEDOEN_S3_REGION",
    }.get(code, f"it refuses ({code})")
