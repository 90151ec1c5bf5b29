#!/usr/bin/env python
"""Run Django's commands with HipCare's settings."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipcare.settings")

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:  # while everything is still being loaded; later, commands say how things stand
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
