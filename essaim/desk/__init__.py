"""What every room's writing needs: review, uploads, mail, scheduled work."""
