"""The template tags of the desk."""
