"""The recognition rules' engine: facts of an organisation in, an answer with its reasons out."""

from essaim.rules.engine import Answer, Facts, answer_all

__all__ = ["Answer", "Facts", "answer_all"]
