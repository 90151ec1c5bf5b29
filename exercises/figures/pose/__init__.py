"""What a file of ``poses/`` says: how a person stands at each time, and everything around them. No numpy here."""
