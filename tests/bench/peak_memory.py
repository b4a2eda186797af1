"""Runs a command of ours to its end and prints its peak memory in kilobytes, its children's included."""

from __future__ import annotations

import resource
import subprocess
import sys

subprocess.run([sys.executable, "-m", "common_ground", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
