"""What builders of Essaim run beside make: the reference pages, the browser for tests, the fresh clone."""
