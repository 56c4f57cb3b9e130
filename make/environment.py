"""Make or repair the virtual environment, so that every command finds what it needs; plain Python, any version.

    python3 make/environment.py run|dev

It does nothing when the environment is whole (a stamp holds the mark of what was installed, and is written last),
and starts over where an earlier call was interrupted. Problems are told in one line, with exit code 1.
"""

import errno
import hashlib
import os
import shutil
import subprocess
import sys

NEEDED = (3, 11)
CANDIDATES = ["python3.14", "python3.13", "python3.12", "python3.11"]
ROOM = {"run": 300, "dev": 900}  # MB that installing takes at most

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in ROOM:
        stop("use: python3 make/environment.py run|dev")
    profile = sys.argv[1]
    if sys.version_info < NEEDED:
        find_newer_python()
    os.chdir(ROOT)
    if any(is_whole(other) for other in (profile, "dev")):
        return
    try:
        with Alone():
            if not is_whole(profile):
                install(profile)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            stop("the disk is full: free at least %d MB and run this again" % ROOM[profile])
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            stop("cannot write in %s: make the folder yours (chown, chmod) or copy the project elsewhere" % ROOT)
        raise
    except KeyboardInterrupt:
        stop("interrupted; run the same command again and it goes on")


def find_newer_python():
    if not os.environ.get("MEEDOEN_SEARCHED"):
        os.environ["MEEDOEN_SEARCHED"] = "1"
        for name in CANDIDATES:
            path = shutil.which(name)
            if path and subprocess.call([path, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) == 0:
                os.execv(path, [path] + sys.argv)
    stop(
        "this needs Python %d.%d or newer, and %s is %d.%d: install a newer one, or say which with "
        "'make PYTHON=/path/to/python3 …'" % (NEEDED + (sys.executable,) + tuple(sys.version_info[:2]))
    )


def is_whole(profile):
    try:
        with open(os.path.join(VENV, "stamp-" + profile)) as stamp:
            return stamp.read() == mark(profile) and os.path.exists(PYTHON)
    except OSError:
        return False


def mark(profile):
    digest = hashlib.sha256()
    for name in ("requirements/%s.txt" % profile, "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    digest.update(ROOT.encode())  # an environment holds its own address: moved with its folder, it is made anew
    return digest.hexdigest()


def install(profile):
    free = shutil.disk_usage(ROOT).free // 1024 // 1024
    if free < ROOM[profile]:
        stop("only %d MB free on this disk, and %d MB are needed: make room and run this again" % (free, ROOM[profile]))
    say("setting up the Python environment in .venv (once; about half a minute)")
    if not works():
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if made.returncode:
            if b"ensurepip" in made.stdout:
                stop(
                    "this Python cannot make environments: install its venv part (Debian, Ubuntu: apt install python3-venv)"
                )
            sys.stderr.write(made.stdout.decode(errors="replace"))
            stop("could not make the environment in .venv; the lines above say why")
    pip("install", "--require-hashes", "--requirement", "requirements/%s.txt" % profile)
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    with open(os.path.join(VENV, "stamp-" + profile), "w") as stamp:
        stamp.write(mark(profile))


def works():
    """Whether the environment there is runs, with this Python's version."""
    probe = "import sys, pip; raise SystemExit(sys.version_info[:2] != %r)" % (tuple(sys.version_info[:2]),)
    try:
        return subprocess.call([PYTHON, "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def pip(*arguments):
    done = subprocess.run(
        [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"] + list(arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        text = done.stdout.decode(errors="replace")
        if "No space left" in text:
            raise OSError(errno.ENOSPC, "no space")
        sys.stderr.write(text)
        stop("installing failed; the lines above say why. Is there a network? Run the same command again to go on")


class Alone:
    """Hold the lock under which one process at a time sets up; a second waits and then finds all done."""

    def __enter__(self):
        import fcntl

        self.file = open(os.path.join(ROOT, ".venv.lock"), "w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.file.close()


def say(line):
    sys.stderr.write("meedoen: %s\n" % line)
    sys.stderr.flush()


def stop(line):
    say(line)
    sys.exit(1)


if __name__ == "__main__":
    main()
