"""The command line: the stages' verbs, each in a module of its own, loaded only when it is called."""
