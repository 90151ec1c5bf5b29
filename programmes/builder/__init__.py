"""Where a programme is written: its page, its forms, what others did meanwhile, what can be put back."""
