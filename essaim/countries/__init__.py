"""Contexts and priorities of countries: what every room reads of a country; its page is filled by the rooms."""
