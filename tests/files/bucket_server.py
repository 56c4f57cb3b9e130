"""A server that speaks S3, as a process of its own on loopback, that a test can kill and start again."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress

import boto3
from botocore.config import Config
from make.ports import free_port

BUCKET = "meedoen-proef"


class Server:
    """One server with one bucket; what is in it is lost when it is killed."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None

    def start(self) -> None:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS": "true"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                break
            assert time.monotonic() < until, "the server did not come"
            time.sleep(0.1)
        self.client().create_bucket(Bucket=BUCKET)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def client(self):
        """As another program speaks to it."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="sleutel",
            aws_secret_access_key="geheim",
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 10, "mode": "standard"}),
        )

    def names(self) -> list[str]:
        return [each["Key"] for each in self.client().list_objects_v2(Bucket=BUCKET).get("Contents", ())]


def storage(url: str, bucket: str = BUCKET) -> dict:
    """What the settings make of a bucket at ``url``."""
    return {
        "BACKEND": "meedoen.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": url,
            "region_name": "us-east-1",
            "access_key": "sleutel",
            "secret_key": "geheim",
            "addressing": "path",
        },
    }
