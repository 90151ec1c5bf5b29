"""What a camera sees of bodies and things, as fields of pixels: how far inside each is, and how near."""
