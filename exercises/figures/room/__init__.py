"""The things a figure lies, sits and leans on."""
