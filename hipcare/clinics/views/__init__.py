"""Pages about clinics and their people."""
