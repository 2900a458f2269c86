"""The commands and their options (a contract)."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from consolidator import __version__
from consolidator.__main__ import INTERRUPTED
from consolidator.cli.complaints import complaint
from consolidator.cli.console import Console
from consolidator.cli.helping import group_that_says
from consolidator.cli.wishes import Wishes
from consolidator.errors import ConsolidatorError
from consolidator.interpreters import Standby, collect_rarely
from consolidator.terms import LANGUAGES, catalogue

_PATH = click.Path(path_type=Path)
EXIT_BUG = 70


def _language_asked() -> str:
    """The language named on the command line, wherever it stands there."""
    words = sys.argv[1:]
    for number, word in enumerate(words):
        if word == "--lang" and words[number + 1 : number + 2] == ["en"]:
            return "en"
        if word == "--lang=en":
            return "en"
    return "en" if os.environ.get("CONSOLIDATOR_LANG") == "en" else "zh"


_WORDS = catalogue(_language_asked())  # help is told in the language asked for, before click has read it


def _help(key: str) -> str:
    return _WORDS.word("help", key)


@click.group(
    cls=group_that_says(_help("help")),
    help=_help("consolidator"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s", help=_help("version"))
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=_WORDS.language, envvar="CONSOLIDATOR_LANG", help=_help("lang")
)
@click.pass_context
def cli(context: click.Context, lang: str) -> None:
    """Set the language for the command that follows."""
    context.obj = Console(lang)


_lang = click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=_help("lang"))


def _console(context: click.Context, lang: str | None) -> Console:
    console = context.obj
    assert isinstance(console, Console)  # noqa: S101 - set by the group
    return Console(lang) if lang else console


@cli.command(help=_help("run"))
@click.argument("inbox", type=_PATH)
@click.option("--form", "forms", multiple=True, metavar="ID|FILE", help=_help("form"))
@click.option("--period", metavar="2016|2016-Q3|2016-07", help=_help("period"))
@click.option("--roster", type=_PATH, help=_help("roster"))
@click.option("--campaign", type=_PATH, help=_help("campaign"))
@click.option("--previous", type=_PATH, help=_help("previous"))
@click.option("--out", type=_PATH, help=_help("out"))
@click.option("--jobs", type=click.IntRange(min=0), help=_help("jobs"))
@click.option("--cluster", metavar="ADDRESS", help=_help("cluster"))
@click.option("--json", "as_json", is_flag=True, help=_help("json"))
@_lang
@click.pass_context
def run(  # noqa: PLR0913, PLR0917 - one parameter an option of the contract
    context: click.Context,
    inbox: Path,
    forms: tuple[str, ...],
    period: str | None,
    roster: Path | None,
    campaign: Path | None,
    previous: Path | None,
    out: Path | None,
    jobs: int | None,
    cluster: str | None,
    as_json: bool,
    lang: str | None,
) -> int:
    """Run a whole folder."""
    console = _console(context, lang)
    wishes = Wishes(inbox, forms, period, roster, campaign, previous, out, jobs, cluster, as_json)
    with wishes.standby(console.word("out_folder")) as standby:
        from consolidator.cli.running import run_folder  # noqa: PLC0415 - the corridor is heavy

        return run_folder(console, wishes, standby)


@cli.command(help=_help("check"))
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.option("--form", "forms", multiple=True, metavar="ID|FILE", help=_help("form"))
@click.option("--json", "as_json", is_flag=True, help=_help("json"))
@_lang
@click.pass_context
def check(
    context: click.Context, files: tuple[Path, ...], forms: tuple[str, ...], as_json: bool, lang: str | None
) -> int:
    """Check single files."""
    with Standby.started() as standby:
        from consolidator.cli.checking import check_files  # noqa: PLC0415 - the corridor is heavy

        return check_files(_console(context, lang), files, forms, standby, as_json=as_json)


@cli.group(invoke_without_command=True, help=_help("forms"))
@_lang
@click.pass_context
def forms(context: click.Context, lang: str | None) -> int:
    """List the forms where no other word is given."""
    context.obj = _console(context, lang)
    if context.invoked_subcommand is None:
        from consolidator.cli.forms import list_forms  # noqa: PLC0415 - reads definitions

        return list_forms(context.obj)
    return 0


@forms.command("list", help=_help("forms_list"))
@_lang
@click.pass_context
def forms_list(context: click.Context, lang: str | None) -> int:
    """List the installed forms."""
    from consolidator.cli.forms import list_forms  # noqa: PLC0415 - reads definitions

    return list_forms(_console(context, lang))


@forms.command("show", help=_help("forms_show"))
@click.argument("form_id", metavar="ID|FILE")
@click.option("--out", type=_PATH, help=_help("forms_show_out"))
@_lang
@click.pass_context
def forms_show(context: click.Context, form_id: str, out: Path | None, lang: str | None) -> int:
    """Show a form and its rules."""
    from consolidator.cli.forms import show_form  # noqa: PLC0415 - reads definitions

    return show_form(_console(context, lang), form_id, out)


@forms.command("check", help=_help("forms_check"))
@click.argument("file", type=_PATH)
@_lang
@click.pass_context
def forms_check(context: click.Context, file: Path, lang: str | None) -> int:
    """Check a definition."""
    from consolidator.cli.forms import check_form  # noqa: PLC0415 - reads definitions

    return check_form(_console(context, lang), file)


@forms.command("new", help=_help("forms_new"))
@click.argument("file", type=_PATH)
@click.option("--id", "form_id", metavar="ID", help=_help("forms_new_id"))
@click.option("--out", type=_PATH, help=_help("forms_new_out"))
@click.option("--sheet", default="", help=_help("forms_new_sheet"))
@_lang
@click.pass_context
def forms_new(
    context: click.Context, file: Path, form_id: str | None, out: Path | None, sheet: str, lang: str | None
) -> int:
    """Draft a definition from a workbook."""
    from consolidator.cli.forms import new_form  # noqa: PLC0415 - reads definitions

    return new_form(_console(context, lang), file, form_id, out, sheet)


@cli.command(help=_help("template"))
@click.argument("form_id", metavar="ID|FILE")
@click.option("--roster", type=_PATH, help=_help("template_roster"))
@click.option("--period", metavar="2016|2016-Q3|2016-07", help=_help("template_period"))
@click.option("--out", type=_PATH, help=_help("template_out"))
@_lang
@click.pass_context
def template(
    context: click.Context, form_id: str, roster: Path | None, period: str | None, out: Path | None, lang: str | None
) -> int:
    """Write blank forms."""
    from consolidator.cli.templates import write_templates  # noqa: PLC0415 - writes workbooks

    return write_templates(_console(context, lang), form_id, roster, period, out)


@cli.command(help=_help("explain"))
@click.argument("code", required=False)
@click.option("--form", "forms", multiple=True, metavar="ID|FILE", help=_help("explain_form"))
@_lang
@click.pass_context
def explain(context: click.Context, code: str | None, forms: tuple[str, ...], lang: str | None) -> int:
    """Explain a code."""
    from consolidator.cli.explaining import explain_code  # noqa: PLC0415 - reads definitions

    return explain_code(_console(context, lang), code, forms)


@cli.command(help=_help("demo"))
@click.option("--out", type=_PATH, help=_help("demo_out"))
@_lang
@click.pass_context
def demo(context: click.Context, out: Path | None, lang: str | None) -> int:
    """Run the sample county."""
    with Standby.started() as standby:
        from consolidator.cli.running import run_demo  # noqa: PLC0415 - the corridor is heavy

        return run_demo(_console(context, lang), out, standby)


def program() -> NoReturn:
    """The command line as a process of its own, which is over once it has answered.

    All files are closed by then; taking the numeric libraries down in order would only keep people waiting (mypy ends
    its process in the same way).
    """
    code: object = EXIT_BUG
    collect_rarely()
    try:
        main()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:  # before or after the command: nothing is half done
        code = INTERRUPTED
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else EXIT_BUG)


def main() -> None:
    """Run the command line and end with the exit code of the contract. Raises `SystemExit`."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # start-up: no thread pool for a few thousand numbers
    Console.prepare()
    sys.exit(_guarded())


def _guarded() -> int:
    try:
        result = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        Console(_WORDS.language).note(_WORDS.word("cli", "interrupted"))
        return 3
    except click.exceptions.NoArgsIsHelpError as problem:
        problem.show()
        return 2
    except click.ClickException as problem:
        Console(_WORDS.language).note(complaint(problem, _WORDS))
        return 2
    except ConsolidatorError as problem:
        Console(_WORDS.language).explain(problem)
        return problem.exit_code
    except BrokenPipeError:
        return 0
    except Exception:  # noqa: BLE001 - the one place: a bug keeps its traceback and gets exit code 70
        import traceback  # noqa: PLC0415 - only for bugs

        traceback.print_exc()
        Console(_WORDS.language).note(_WORDS.word("cli", "bug"))
        return EXIT_BUG
    return int(result or 0)
