"""The page of the commands, read from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from essaim.cli.main import essaim
from tools.reference.markdown import GENERATED, code, sentence, table

INTRODUCTION = """
`essaim` is in `.venv/bin` after `make setup`. Commands are the verbs of the data's path. On a terminal an answer is a
table; piped, or with `--json`, it is JSON. Progress and remarks go to standard error, so that a pipe carries the
answer alone.

| exit code | meaning |
| --- | --- |
| 0 | Done. |
| 1 | A fault in data: a source, a release, the configuration. One line says what, where, what was expected, and the next step. |
| 2 | Wrong usage: an unknown command, option, table, source or thing. |
| 130 | Stopped by a person (Ctrl-C). |

`essaim --debug COMMAND` shows the traceback behind an error.
"""


def every(group: click.Group, context: click.Context, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield (full name, command) of a group's commands and of their commands, in the order of the help."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from every(command, context, f"{path} {name}")


def page() -> str:
    """Return the whole page."""
    lines = ["# Commands", "", GENERATED, INTRODUCTION]
    with click.Context(essaim, info_name="essaim") as context:
        lines += _section("essaim", essaim)
        for path, command in every(essaim, context, "essaim"):
            lines += _section(path, command)
    return "\n".join(lines).rstrip() + "\n"


def _section(path: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    lines = [f"## {path}" if path.count(" ") < 2 else f"### {path}", "", code(usage), ""]
    options = [_option(parameter) for parameter in command.params if isinstance(parameter, click.Option)]
    return lines + list(_help(command.help or "")) + (table(["option", "says", "default"], options) if options else [])


def _help(text: str) -> Iterator[str]:
    """Yield a command's help; what click is told to leave as it is (after `\\b`) becomes a block of code."""
    for part in inspect.cleandoc(text).split("\n\n"):
        if not part.startswith("\b"):
            yield from (part, "")
            continue
        head, *examples = part.removeprefix("\b\n").splitlines()
        yield from (head, "", "```console", *(example.strip() for example in examples), "```", "")


def _option(option: click.Option) -> list[str]:
    name = ", ".join(code(spelling) for spelling in option.opts)
    kind = option.type
    if isinstance(kind, click.Choice):
        name += " " + code("|".join(kind.choices))
    elif not option.is_flag:
        name += f" {code(option.make_metavar(click.Context(click.Command('x'))))}"
    default = "" if option.is_flag or option.multiple or not isinstance(option.default, (str, int)) else code(option.default)
    return [name, sentence(option.help or ""), default]
