"""The command line: ``meedoen run``, ``worker``, ``mail-in``, ``check`` and the rest; a public interface.

It loads Django only where a command needs it, so that the process that watches over the others stays small.
"""

import argparse
import os
import sys
from collections.abc import Sequence

EPILOG = "Settings come from the environment; docs/settings.md lists them. 'meedoen manage …' runs any Django command."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0 only when what was asked is done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["manage"]:
            return manage(given[1:])
        options = parser().parse_args(given)
        return int(options.command(options) or 0)
    except ValueError as wrong:
        from environs import EnvError  # here: who only watches over others does without

        if not isinstance(wrong, EnvError):
            raise
        print(f"meedoen: {wrong}", file=sys.stderr)  # a setting that nobody can use, by its name
        return 2
    except Exception as problem:
        if not (told := _database_away(problem)):
            raise
        print(f"meedoen: {told}", file=sys.stderr)
        return 1


def _database_away(problem: Exception) -> str:
    """What to do, where a command stopped because the database does not answer; else nothing."""
    if "django.db" not in sys.modules:
        return ""
    from meedoen.config.preparation import in_plain_words
    from meedoen.kernel.database import AWAY, is_away

    return in_plain_words(problem) if isinstance(problem, AWAY) and is_away(problem) else ""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="meedoen", description="The platform behind Iedereen doet mee!", epilog=EPILOG)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, function: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=function)
        return sub

    run = command("run", run_site, "Set up the database and its content, start server and worker, print the address.")
    run.add_argument("--empty", action="store_true", help="leave out what is invented for demonstration")
    run.add_argument("--port", type=int, help="the port to listen on (default: $PORT, or 8000)")
    command("serve", serve, "Start only the web server, in the foreground.")
    command("worker", work, "Start only the background worker, in the foreground.")
    command("mail-in", take_mail_in, "Start only the way in of mail (LMTP, IMAP), in the foreground.")
    prepare = command("prepare", prepare_site, "Migrate the database, gather static files, load the starting content.")
    prepare.add_argument("--empty", action="store_true", help="leave out what is invented for demonstration")
    command("migrate", migrate, "Bring the database to this version.")
    command("demo", demo, "Add the examples that show how the site works; each is marked as an example.")
    check = command("check", check_site, "Say in plain words what is wrong with this installation.")
    check.add_argument("--deploy", action="store_true", help="also what a public site needs")
    check.add_argument("--mail", action="store_true", help="only whether mail arrives; asks name and mail servers")
    importing = command("import-municipalities", import_municipalities, "Load a new year's file of municipalities.")
    importing.add_argument("file", help="CSV with the columns of src/meedoen/municipalities/data/municipalities.csv")
    importing.add_argument("--successions", help="CSV with the mergers of that year")
    importing.add_argument("--year", type=int, required=True, help="the year of the file")
    merging = command("activate-merger", activate_merger, "Carry out a planned merger; nothing does so by itself.")
    merging.add_argument("code", help="the code of the municipality that ends, such as GM1696")
    command("fill-facts", fill_facts, "Tell all facts about municipalities anew; each start does so too.")
    reading = command(
        "reindex", reindex, "Read all that can be found anew, and forget what is gone; shows how far it is."
    )
    reading.add_argument("--anew", action="store_true", help="also what did not change")
    team = command("createteam", create_team, "Make somebody a member of the project team.")
    team.add_argument("email", help="their e-mail address")
    team.add_argument("--name", default="", help="their name as others see it; needed for somebody new")
    mail = command("send-test-mail", send_test_mail, "Send one mail through the outbox, to see that mail works.")
    mail.add_argument("address", help="where to send it")
    command("privacy-register", privacy_register, "Print the register of processing, from the code's declarations.")
    vault = command("vault-key", vault_key, "Change the key of the vault for access needs, or give up a lost one.")
    vault.add_argument(
        "deed",
        choices=["rotate", "reseal", "forget"],
        help="seal all anew with a new key; with the one that stands in front; or erase what no key opens any more",
    )
    backing = command("backup", back_up, "Make a backup of database, media and settings, while the site is open.")
    backing.add_argument("--nightly", action="store_true", help="then delete old ones by the rule, try it and report")
    back = command("restore", restore, "Put a backup back on an empty machine; the site must not run.")
    back.add_argument("file", help="the backup, such as meedoen-20261203T020000Z.tar.age")
    back.add_argument("--over", action="store_true", help="what stands here now is lost")
    back.add_argument("--anyway", action="store_true", help="also when something has its database open, such as a pool")
    back.add_argument(
        "--resend", action="store_true", help="let mail go that was due before, also to who has it already"
    )
    back.add_argument("--erasures", action="append", help="a later list of who was erased, from beside other backups")
    command("rehearse", rehearse, "Restore the newest backup beside the site, see that it works, and report.")
    keys = command("rotate-keys", rotate_keys, "New keys for secret, vault and backups; nobody is signed out.")
    keys.add_argument(
        "--soon", action="store_true", help="also within 30 days, as somebody else has them: all sign in anew"
    )
    hush = command("quiet", quiet, "Let nobody but the team write for some days, or let everybody write again.")
    hush.add_argument("deed", choices=["on", "off"])
    hush.add_argument("--until", default="", help="the last quiet day, such as 2026-12-28")
    hush.add_argument("--notice", default="", help="why, in plain Dutch, for everybody to read")
    moving = command("move", move, "Copy every row to an empty database of another kind; the site must not run.")
    moving.add_argument("--anyway", action="store_true", help="also when something has it open, such as a pool")
    moving.add_argument("url", nargs="?", help="the other database, as DATABASE_URL names it; else it is asked")
    archiving = command(
        "archive", archive, "Write all that visitors may read in a folder, to be read without a server."
    )
    archiving.add_argument("folder", help="a folder that is not there yet, or is empty")
    archiving.add_argument("--within", action="append", metavar="ADDRESS", help="only this part, such as /nieuws/")
    packing = command("hand-over", hand_over, "Write a pack from which a new server and new people can go on.")
    packing.add_argument("folder", help="a folder that is not there yet, or is empty")
    taking = command("take-over", take_over, "Bring a site up on this empty machine from such a pack.")
    taking.add_argument("folder", help="the pack; its words are asked, or stand in MEEDOEN_PACK_WORDS")
    commands.add_parser("manage", help="Run a Django command: meedoen manage COMMAND …", add_help=False)
    return top


def run_site(options: argparse.Namespace) -> int:
    """Everything a laptop needs, in one process group."""
    from meedoen.config import supervisor

    if options.port:
        os.environ["PORT"] = str(options.port)
    return supervisor.run(empty=options.empty)


def serve(options: argparse.Namespace) -> int:
    """Become the web server; not on a database that this version does not bear."""
    _django()
    from meedoen.config import preparation, supervisor

    if not preparation.keeps_from_starting():
        command = supervisor.server_command()
        os.execv(command[0], command)
    return 1


def work(options: argparse.Namespace) -> int:
    """Be the background worker until told to stop."""
    _django()
    from meedoen.config import preparation, worker

    if preparation.keeps_from_starting():
        return 1
    worker.run()
    return 0


def take_mail_in(options: argparse.Namespace) -> int:
    """Be the way in of mail until told to stop; exit code 1 where there is none to open."""
    _django()
    from meedoen.config import preparation
    from meedoen.mail.incoming.doors import keeping

    return 0 if not preparation.keeps_from_starting() and keeping.run() else 1


def prepare_site(options: argparse.Namespace) -> int:
    """Make database, static files and content ready; quick when they are."""
    _django()
    from meedoen.config import preparation

    return preparation.prepare(examples=not options.empty)


def migrate(options: argparse.Namespace) -> int:
    """Django's own migrate."""
    return manage(["migrate"])


def demo(options: argparse.Namespace) -> int:
    """Load the starting content with its examples."""
    _django()
    from meedoen.config import preparation

    return preparation.prepare(examples=True)


def check_site(options: argparse.Namespace) -> int:
    """Tell what is wrong; exit code 1 when something is."""
    _django()
    from meedoen.config import checks

    return checks.report_mail() if options.mail else checks.report(deploy=options.deploy)


def import_municipalities(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    more = ["--successions", options.successions] if options.successions else []
    return manage(["import_municipalities", options.file, "--year", str(options.year), *more])


def activate_merger(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["activate_merger", options.code])


def fill_facts(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["fill_facts"])


def reindex(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["reindex", *(["--anew"] if options.anew else [])])


def create_team(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["create_team", options.email, *(["--name", options.name] if options.name else [])])


def send_test_mail(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["send_test_mail", options.address])


def privacy_register(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["privacy_register"])


def vault_key(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["vault_key", options.deed])


def back_up(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["backup", *(["--nightly"] if options.nightly else [])])


def restore(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    lists = [part for path in options.erasures or [] for part in ("--erasures", path)]
    said = [f"--{word}" for word in ("over", "anyway", "resend") if getattr(options, word)]
    return manage(["restore", options.file, *said, *lists])


def rehearse(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["rehearse"])


def move(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["move", *(["--anyway"] if options.anyway else []), *([options.url] if options.url else [])])


def hand_over(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["hand_over", options.folder])


def take_over(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["take_over", options.folder])


def archive(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    parts = [part for address in options.within or [] for part in ("--within", address)]
    return manage(["archive", options.folder, *parts])


def rotate_keys(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    return manage(["rotate_keys", *(["--soon"] if options.soon else [])])


def quiet(options: argparse.Namespace) -> int:
    """Hand over to the package's own command."""
    until = ["--until", options.until] if options.until else []
    return manage(["quiet", options.deed, *until, "--notice", options.notice])


def manage(arguments: Sequence[str]) -> int:
    """Run a Django command as ``manage.py`` would."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["meedoen manage", *arguments])
    return 0


def _django() -> None:
    """Load the settings and the packages; where the data folder is out of reach, say so in one line."""
    import django

    try:
        django.setup()
    except OSError as problem:
        sys.exit(f"{problem.filename} cannot be written ({problem.strerror}). Make it yours, or set MEEDOEN_DATA.")


if __name__ == "__main__":
    sys.exit(main())
