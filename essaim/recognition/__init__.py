"""Room 1: organisations, legal forms and definitions: who is part of the social and solidarity economy, by whose word."""
