"""The command `essaim`: its commands, its exit codes and the one line that an error takes."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from essaim import __version__
from essaim.errors import EssaimError

COMMANDS = {
    "start": "Set up what is missing, build a release if there is none, and serve.",
    "serve": "Serve what is there, and nothing else.",
    "worker": "Run background tasks until stopped.",
    "gather": "Ask sources for their newest bytes.",
    "build": "Build a release from every source and serve it.",
    "search": "Search everything, as the site does.",
    "show": "Show one thing with its sources.",
    "source": "List and check sources.",
    "release": "List, show, compare, verify, roll back and prune releases.",
    "export": "Write a table of the served release to a file.",
    "user": "Add, list, close accounts; give roles.",
    "journal": "Read the journal and check that nobody changed it.",
    "mail": "Try the mail, and see what waits in the outbox.",
    "backup": "Save all that cannot be made again in one file.",
    "restore": "Put a backup in the place of what is there.",
    "doctor": "Say what is missing on this machine, and the command that mends it.",
    "manage": "Run a command of the database's side (migrate, load_facts...).",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the story, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or say that there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"essaim.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="essaim")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def essaim(ctx: click.Context, debug: bool) -> None:
    """Essaim: the register, library, laws and memory of a task force on the social and solidarity economy.

    \b
    Examples:
      essaim start                         everything, on http://127.0.0.1:8000
      essaim search "mutuelles" --lang fr  search from the terminal
      essaim show organisations:ripess     one thing with its sources
      essaim release list                  what was built, and what is served

    The data folder is $ESSAIM_HOME (in a checkout: var/). Tables are drawn on a terminal; piped, the answer is JSON.
    Exit codes: 0 done, 1 a fault in data, 2 wrong usage.
    """
    ctx.obj = {"debug": debug}


def main() -> None:
    """Run the command line; an error takes one line on standard error and names the next step."""
    debug = "--debug" in sys.argv
    try:
        sys.exit(essaim(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        called = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "essaim"
        click.echo(f"essaim: {' '.join(error.format_message().split())} Try: {called} --help", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("essaim: stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        ours = isinstance(error, EssaimError)
        click.echo(f"essaim: {error}" if ours else f"essaim: {type(error).__name__}: {error} See where with --debug.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
