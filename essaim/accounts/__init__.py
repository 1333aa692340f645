"""Institutions and their mandates: who speaks for whom in the house."""
