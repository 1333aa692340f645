"""The reference pages, made from the code they describe: `python -m tools.reference` writes them, `--check` compares."""
